"""One criterion of a draft: the form of a node, and that of a leaf. Each gives the criterion anew; what has no field of
its own stands in `more`, as it is written in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kurak.instruments.catalogue import analysis
from kurak.instruments.catalogue.building.fields import (
    ABOUT,
    NONE,
    AnswerLines,
    Settings,
    TextsForm,
    as_answers,
    as_lines,
    as_settings,
    set_or_drop,
    spread,
    text_field,
    whole,
    whole_or_word,
)
from kurak.instruments.catalogue.tree import Place, declared, listed
from kurak.instruments.catalogue.wording import MARKS, METHODS
from kurak.instruments.definitions.telling import EVIDENCE

CODE = r"^[A-Za-z_][A-Za-z0-9_]{0,59}$"
CODE_SAYS = _("Latin letters, digits and _, beginning with a letter")
POLICIES = (
    ("available", _("it is left out; the others share its weight")),
    ("strict", _("there is no score")),
    ("at_least_count", _("there must be this share of the parts, else there is no score")),
    ("at_least_weight", _("there must be parts with this share of the weight, else there is no score")),
    ("required", _("these parts must be there, else there is no score")),
    ("value", _("it counts as this value")),
    ("worst", _("it counts as the lowest score")),
    ("best", _("it counts as the highest score")),
    ("bounds", _("the score is a range")),
)
EVIDENCES = {"required": _("required"), "optional": _("welcome"), "none": _("not asked for")}


def methods(stage: str) -> list[tuple[str, Any]]:
    return [NONE, *((each.by, METHODS.get(each.by, each.by)) for each in analysis.offered(stage))]


class Criterion(TextsForm):
    """What nodes and leaves have in common. Subclasses say which keys they show; the rest stands in `more`."""

    code = forms.RegexField(CODE, label=_("Code"), help_text=CODE_SAYS)
    under = forms.ChoiceField(label=_("Part of"), required=False)
    weight = forms.FloatField(label=_("Weight"), required=False, min_value=0, help_text=_("Nothing means 1."))
    classes = forms.ChoiceField(label=_("Classes"), required=False)
    checked = forms.ChoiceField(label=_("How sure we are"), choices=[NONE, *MARKS.items()], required=False)
    more = Settings(
        label=_("More, as it is written in the file"), lines=True,
        help_text=_("Everything that has no field here. docs/reference/instrument-format.md says what there is."),
    )  # fmt: skip
    shown: tuple[str, ...] = ()  # keys that have a field of their own
    stage = ""  # whose methods are explained beside the form

    def __init__(self, *args: Any, document: Mapping[str, Any], place: Place, **kwargs: Any) -> None:
        self.place = place
        super().__init__(*args, **kwargs)
        schemes = document.get("classes")
        choices: Any = self.fields["classes"]
        choices.choices = [NONE, *((name, name) for name in (schemes if isinstance(schemes, Mapping) else ()))]
        parents = [(code, code) for code, each in declared(document).items() if is_branch(each) and code != place.code]
        under: Any = self.fields["under"]
        under.choices = parents if place.parent else [NONE]
        if not place.parent:
            del self.fields["under"]

    @property
    def methods(self) -> list[tuple[Any, analysis.Offered]]:
        return [(METHODS.get(each.by, each.by), each) for each in analysis.offered(self.stage)]

    @classmethod
    def common(cls, given: Mapping[str, Any], place: Place, languages: list[str]) -> dict[str, Any]:
        rest = {key: each for key, each in given.items() if key not in (*cls.shown, *cls.texts, "code", "children")}
        values: dict[str, Any] = {"code": place.code, "under": place.parent, "more": as_lines(rest)}
        for key in cls.texts:
            values |= spread(key, given.get(key), languages)
        return values | {key: given.get(key) for key in ("weight", "classes", "checked")}

    def base(self) -> dict[str, Any]:
        made: dict[str, Any] = {"code": self.place.code}
        for key in self.texts:
            set_or_drop(made, key, self.text(key, self.place.given.get(key)))
        for key in ("weight", "classes", "checked"):
            set_or_drop(made, key, whole_or_word(self.cleaned_data[key]))
        return made


def is_branch(place: Place) -> bool:
    return "children" in place.given


def choice(by: str, settings: Mapping[str, Any]) -> Any:
    """A method as the file writes it: a word, or a mapping where it has settings."""
    return {"by": by, **settings} if settings else by


def chosen(given: Any) -> tuple[str, Mapping[str, Any]]:
    if isinstance(given, Mapping):
        return str(given.get("by", "")), {key: each for key, each in given.items() if key != "by"}
    return str(given or ""), {}


class NodeForm(Criterion):
    """A criterion made of others."""

    stage = "combine"

    texts = {"title": _("Title"), "about": ABOUT}
    long = frozenset({"about"})
    shown = ("weight", "classes", "checked", "combine", "missing", "formula")
    combine = forms.ChoiceField(label=_("How its parts are combined"), required=False)
    combine_with = Settings(label=_("Settings of the combination"))
    missing = forms.ChoiceField(label=_("If a part is missing"), choices=POLICIES)
    missing_with = forms.CharField(
        label=_("This share, value, or these codes"), required=False, max_length=500,
        help_text=_("A share such as 0.5; a value; or codes with commas between them."),
    )  # fmt: skip
    formula = forms.CharField(
        label=_("Or a formula over codes, instead of parts"), required=False, max_length=4000,
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false", "class": "code"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        combine: Any = self.fields["combine"]
        combine.choices = methods("combine")

    @classmethod
    def of(cls, given: Mapping[str, Any], place: Place, languages: list[str]) -> dict[str, Any]:
        by, settings = chosen(given.get("combine"))
        policy, value = policy_of(given.get("missing"))
        return cls.common(given, place, languages) | {
            "combine": by, "combine_with": as_settings(settings), "missing": policy, "missing_with": value,
            "formula": given.get("formula"),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("missing") in NEEDS_A_NUMBER and number_of(cleaned.get("missing_with", "")) is None:
            self.add_error("missing_with", _("Write a number, such as 0.5."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        said, made = self.cleaned_data, self.base()
        if said["combine"]:
            made["combine"] = choice(said["combine"], said["combine_with"])
        set_or_drop(made, "formula", said["formula"])
        set_or_drop(made, "missing", policy_as_written(said["missing"], said["missing_with"], self.place.given))
        return made | said["more"]


NEEDS_A_NUMBER = ("at_least_count", "at_least_weight", "value")


def policy_of(given: Any) -> tuple[str, str]:
    """The choice of the form, and what stands beside it."""
    if not isinstance(given, Mapping):
        return str(given or "available"), ""
    if "at_least" in given:
        return f"at_least_{given.get('by', 'count')}", str(given["at_least"])
    if "required" in given:
        return "required", ", ".join(map(str, listed(given["required"])))
    if "value" in given:
        return "value", str(given["value"])
    return next((name for name, _label in POLICIES if name in given), "available"), ""


def policy_as_written(policy: str, beside: str, before: Mapping[str, Any]) -> Any:
    was = before.get("missing")
    most = (
        {"most_not_applicable": was["most_not_applicable"]}
        if isinstance(was, Mapping) and "most_not_applicable" in was
        else {}
    )
    match policy:
        case "at_least_count" | "at_least_weight":
            by = {"by": "weight"} if policy.endswith("weight") else {}
            return {"at_least": whole_or_word(number_of(beside)), **by, **most}
        case "required":
            return {"required": [each.strip() for each in beside.split(",") if each.strip()], **most}
        case "value":
            return {"value": whole_or_word(number_of(beside)), **most}
        case "available":
            return most
    return {policy: True, **most} if most else policy


def number_of(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


class LeafForm(Criterion):
    """A criterion that is measured or answered."""

    stage = "normalise"

    texts = {"title": _("Title"), "about": ABOUT, "ask": _("Question, if it is assessed")}
    long = frozenset({"about", "ask"})
    shown = (
        "weight", "classes", "checked", "column", "direction", "answers", "bounds", "normalise", "evidence", "core",
        "anchors",
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=_("Direction"), choices=[("", _("More is better")), ("down", _("Less is better"))], required=False
    )
    column = forms.CharField(label=_("Column of the data, if it is not the code"), required=False, max_length=120)
    answers = forms.ChoiceField(label=_("Answers"), required=False)
    own_answers = AnswerLines(label=_("Or answers of its own, one a line: yes = 1"))
    low = forms.FloatField(label=_("Lowest value that is plausible"), required=False)
    high = forms.FloatField(label=_("Highest value that is plausible"), required=False)
    normalise = forms.ChoiceField(label=_("How values are made comparable"), required=False)
    normalise_with = Settings(label=_("Settings, such as low: 0, high: 5"))
    evidence = forms.ChoiceField(
        label=_("Evidence"), choices=[NONE, *((code, EVIDENCES[code]) for code in EVIDENCE)], required=False
    )
    core = forms.BooleanField(label=_("Part of the short form"), required=False)

    def __init__(self, *args: Any, document: Mapping[str, Any], place: Place, **kwargs: Any) -> None:
        super().__init__(*args, document=document, place=place, **kwargs)
        scales = document.get("answers")
        answers, normalise = self.fields["answers"], self.fields["normalise"]
        answers.choices = [NONE, *((name, name) for name in (scales if isinstance(scales, Mapping) else ()))]  # type: ignore[attr-defined]
        normalise.choices = methods("normalise")  # type: ignore[attr-defined]
        self.words = words_of(document, place.given)
        for number, word in enumerate(self.words):
            for code in self.languages:
                self.fields[f"anchor_{number}_{code}"] = text_field("anchor", word, code, long=False)

    @property
    def anchor_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (word, [self[f"anchor_{number}_{code}"] for code in self.languages])
            for number, word in enumerate(self.words)
        ]

    @classmethod
    def of(
        cls, given: Mapping[str, Any], place: Place, languages: list[str], document: Mapping[str, Any]
    ) -> dict[str, Any]:
        by, settings = chosen(given.get("normalise"))
        bounds, own, anchors = listed(given.get("bounds")), given.get("answers"), given.get("anchors") or {}
        values = cls.common(given, place, languages) | {
            **{key: given.get(key) for key in ("column", "evidence", "core")},
            "direction": "down" if given.get("direction") == "down" else "",
            "answers": own if isinstance(own, str) else "",
            "own_answers": as_answers(own) if isinstance(own, Mapping) else "",
            "low": bounds[0] if len(bounds) == 2 else None, "high": bounds[1] if len(bounds) == 2 else None,
            "normalise": by, "normalise_with": as_settings(settings),
        }  # fmt: skip
        for number, word in enumerate(words_of(document, given)):
            values |= spread(f"anchor_{number}", anchors.get(word), languages)
        return values

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("low") is None) != (cleaned.get("high") is None):
            self.add_error("high", _("Give both the lowest and the highest value, or neither."))
        if cleaned.get("answers") and cleaned.get("own_answers"):
            self.add_error("own_answers", _("Choose a scale, or write answers of its own: not both."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        said, made = self.cleaned_data, self.base()
        for key in ("column", "direction", "evidence"):
            set_or_drop(made, key, said[key])
        if said["core"]:
            made["core"] = True
        set_or_drop(made, "answers", said["own_answers"] or said["answers"])
        if said["low"] is not None:
            made["bounds"] = [whole(said["low"]), whole(said["high"])]
        if said["normalise"]:
            made["normalise"] = choice(said["normalise"], said["normalise_with"])
        set_or_drop(made, "anchors", self._anchors())
        return made | said["more"]

    def _anchors(self) -> dict[str, Any]:
        """The text of each answer; of answers that this form does not show, as it was."""
        before = self.place.given.get("anchors") or {}
        kept = {word: each for word, each in before.items() if word not in self.words}
        now = {word: self.text(f"anchor_{number}", before.get(word)) for number, word in enumerate(self.words)}
        return kept | {word: each for word, each in now.items() if each}


def words_of(document: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """The answers of a leaf that have a value, wherever they are declared."""
    answers = given.get("answers")
    if isinstance(answers, str):
        scales = document.get("answers")
        answers = scales.get(answers) if isinstance(scales, Mapping) else None
    if not isinstance(answers, Mapping):
        return [*(given.get("anchors") or {})]
    return [str(word) for word, counts in answers.items() if not isinstance(counts, str)]


class NewCriterion(forms.Form):
    code = forms.RegexField(CODE, label=_("Code"), help_text=CODE_SAYS)
    title = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[("leaf", _("measured or answered")), ("node", _("made of other criteria")), ("use", _("used again"))],
    )
    under = forms.ChoiceField(label=_("Part of"), required=False)

    def __init__(self, *args: Any, document: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = [(code, code) for code, each in declared(document).items() if is_branch(each)]
        under: Any = self.fields["under"]
        under.choices = [
            *parents,
            ("+inputs", _("nothing: used in formulas only")),
            ("+also", _("nothing: also computed")),
        ]
