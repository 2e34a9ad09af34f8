"""Lists of a draft: classes of a scheme, sources, notes. A row that is emptied goes; two empty ones wait at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kurak.instruments.catalogue.building.fields import (
    NONE,
    AnswerLines,
    TextsForm,
    as_answers,
    inside,
    set_or_drop,
    spread,
    text_field,
    whole,
)
from kurak.instruments.catalogue.tree import listed
from kurak.instruments.catalogue.wording import MARKS

EMPTY_ROWS = 2
MOST_ROWS = 200
CODE_FIELD = {"dir": "ltr", "spellcheck": "false", "class": "code"}


class Row(TextsForm):
    """keys: those with a field of their own. needed: the field without which a row is empty."""

    keys: tuple[str, ...] = ()
    needed = "code"

    def __init__(self, *args: Any, before: Mapping[str, Any], **kwargs: Any) -> None:
        self.before = before
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, given: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
        values = {key: given.get(key) for key in cls.keys}
        for key in cls.texts:
            values |= spread(key, given.get(key), languages)
        return values

    @property
    def is_filled(self) -> bool:
        return any(self.cleaned_data.get(name) not in (None, "", {}) for name in self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs = self.needed if self.needed in self.fields else f"{self.needed}_en"
        if any(cleaned.get(name) not in (None, "", {}) for name in self.fields) and not cleaned.get(needs):
            self.add_error(needs, _("Fill this in, or empty the whole row."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        made = inside(self.before, {key: self.cleaned_data[key] for key in self.keys})
        for key in self.texts:
            set_or_drop(made, key, self.text(key, made.get(key)))
        return made


class SourceRow(Row):
    texts = {"title": _("Title")}
    keys = ("code", "url", "licence", "date", "checked")
    code = forms.CharField(label=_("Code"), required=False, max_length=60)
    url = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")
    licence = forms.CharField(label=_("Licence"), required=False, max_length=60)
    date = forms.CharField(label=_("Date"), required=False, max_length=20)
    checked = forms.ChoiceField(label=_("How sure we are"), choices=[NONE, *MARKS.items()], required=False)


class NoteRow(Row):
    texts = {"text": _("Note")}
    long = frozenset({"text"})
    keys = ("checked",)
    needed = "text"
    checked = forms.ChoiceField(label=_("How sure we are"), choices=[NONE, *MARKS.items()], required=False)


class ClassRow(Row):
    texts = {"title": _("Title")}
    keys = ("code", "needs", "when")
    code = forms.CharField(label=_("Code"), required=False, max_length=40)
    side = forms.ChoiceField(
        label=_("Begins"),
        choices=[NONE, ("from", _("at this score")), ("above", _("above this score"))],
        required=False,
    )
    cut = forms.FloatField(label=_("Score"), required=False)
    needs = forms.CharField(label=_("And only if"), required=False, max_length=1000, widget=forms.TextInput(CODE_FIELD))
    when = forms.CharField(
        label=_("Rule, instead of a score"), required=False, max_length=1000, widget=forms.TextInput(CODE_FIELD)
    )

    @classmethod
    def of(cls, given: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
        side = "from" if "from" in given else "above" if "above" in given else ""
        return super().of(given, languages) | {"side": side, "cut": given.get(side)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("side")) != (cleaned.get("cut") is not None):
            self.add_error("cut", _("Say both on which side the class begins, and at which score."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        made = {key: each for key, each in super().given.items() if key not in ("from", "above")}
        if self.cleaned_data["side"]:
            made[self.cleaned_data["side"]] = whole(self.cleaned_data["cut"])
        return made


class Rows:
    """A list as forms. data: what was posted, or nothing."""

    def __init__(self, kind: type[Row], items: Any, languages: list[str], data: Any = None) -> None:
        kept = [each for each in listed(items) if isinstance(each, Mapping)]
        self.forms = [
            kind(
                data, prefix=f"row-{number}", languages=languages, before=kept[number] if number < len(kept) else {},
                initial=kind.of(kept[number], languages) if number < len(kept) else None, use_required_attribute=False,
            )
            for number in range(min(len(kept) + EMPTY_ROWS, MOST_ROWS))
        ]  # fmt: skip

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    @property
    def given(self) -> list[dict[str, Any]]:
        return [form.given for form in self.forms if form.is_filled]


class Scheme(forms.Form):
    """What holds for a whole scheme of classes."""

    by = forms.ChoiceField(
        label=_("Divided by"),
        choices=[
            ("cuts", _("scores at which classes begin")), ("rules", _("rules, of which the first that holds decides")),
            ("quantiles", _("groups of equal size")), ("intervals", _("equal parts of the span")),
            ("breaks", _("the widest gaps")),
        ],
    )  # fmt: skip
    digits = forms.IntegerField(
        label=_("Scores are rounded before, to digits"), required=False, min_value=0, max_value=12
    )

    @property
    def given(self) -> dict[str, Any]:
        by = self.cleaned_data["by"]
        return {"by": None if by == "cuts" else by, "digits": self.cleaned_data["digits"]}


class Named(forms.Form):
    """A new scheme or answer scale."""

    name = forms.RegexField(r"^[a-z][a-z0-9-]{0,39}$", label=_("Name"), help_text=_("Small Latin letters and hyphens"))


class Scale(TextsForm):
    """A scale, and what each of its answers is called. words: those that are there already."""

    answers = AnswerLines(
        label=_("Answers, one a line"),
        help_text=_("Such as: yes = 1. What does not apply: n/a = not-applicable."),
    )

    def __init__(self, *args: Any, words: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = list(words)
        for number, word in enumerate(self.words):
            for code in self.languages:
                self.fields[f"word_{number}_{code}"] = text_field("word", word, code, long=False)

    @property
    def word_groups(self) -> list[list[forms.BoundField]]:
        return [[self[f"word_{number}_{code}"] for code in self.languages] for number in range(len(self.words))]

    @classmethod
    def of(cls, scale: Mapping[str, Any], told: Mapping[str, Any], languages: Iterable[str]) -> dict[str, Any]:
        values: dict[str, Any] = {"answers": as_answers(scale)}
        for number, word in enumerate(scale):
            values |= spread(f"word_{number}", told.get(word), languages)
        return values

    def told(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """{answer: what it is called} of the answers that are kept."""
        said = {word: self.text(f"word_{number}", before.get(word)) for number, word in enumerate(self.words)}
        return {word: text for word, text in said.items() if text and word in self.cleaned_data["answers"]}
