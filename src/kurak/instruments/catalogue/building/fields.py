"""Fields of the builder's forms: texts in several languages, lines of `word = value`, settings as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kurak.ground.languages.declared import BY_CODE
from kurak.instruments.catalogue.texts import languages_of
from kurak.instruments.catalogue.yaml_writing import as_yaml, in_one_line
from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.definitions.yaml_text import written

ALWAYS = ("en", "ru")
LONGEST = 20_000  # characters of a text
NONE = ("", "–")
ABOUT = pgettext_lazy("description", "About")


def languages_for(document: Mapping[str, Any], *asked: str) -> list[str]:
    """Those that a form has fields for: English, Russian, what the document has, and what was asked for."""
    wanted = {*ALWAYS, *languages_of(document), *asked}
    return [code for code in BY_CODE if code in wanted]


class TextsForm(forms.Form):
    """A form with a field for each text and language: `title_en`, `title_ru`, …"""

    texts: Mapping[str, Any] = {}  # {key: label}
    long: frozenset[str] = frozenset()  # keys with more than one line

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        own = dict(self.fields)
        self.own = list(own)
        self.fields.clear()
        for key, label in self.texts.items():
            for code in self.languages:
                self.fields[f"{key}_{code}"] = text_field(key, label, code, long=key in self.long)
        self.fields |= own

    def text(self, key: str, before: Any = None) -> Any:
        """{language: text} as it was filled in; languages without a field stay. None where nothing is written."""
        kept = dict(before) if isinstance(before, Mapping) else {}
        for code in self.languages:
            kept.pop(code, None)
        filled = {code: self.cleaned_data.get(f"{key}_{code}", "") for code in self.languages}
        return kept | {code: body for code, body in filled.items() if body} or None

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that are no texts."""
        return [self[name] for name in self.own if name in self.fields]

    @property
    def text_groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields of each text, for a template."""
        return [(label, [self[f"{key}_{code}"] for code in self.languages]) for key, label in self.texts.items()]


def text_field(key: str, label: Any, code: str, *, long: bool) -> forms.CharField:
    language = BY_CODE[code]
    attrs = {"lang": code, "dir": language.direction}
    widget = forms.Textarea(attrs=attrs | {"rows": 3}) if long else forms.TextInput(attrs=attrs)
    return forms.CharField(label=labelled(label, language.own_name), required=False, max_length=LONGEST, widget=widget)


@keep_lazy_text
def labelled(label: Any, language: str) -> str:
    """“Title (Русский)”, in the language of whoever looks."""
    return f"{label} ({language})"


def spread(key: str, value: Any, languages: Iterable[str]) -> dict[str, str]:
    """A text as the first values of its fields. A text without a language is shown as English."""
    if isinstance(value, Mapping):
        return {f"{key}_{code}": str(value.get(code, "")) for code in languages}
    return {f"{key}_en": str(value)} if value not in (None, "") else {}


class Settings(forms.CharField):
    """Values as they are written in a file: `low: 0, high: 5`, or several lines."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"dir": "ltr", "spellcheck": "false", "class": "code"}
        if kwargs.pop("lines", False):
            attrs["rows"] = "4"
        widget = forms.Textarea(attrs=attrs) if "rows" in attrs else forms.TextInput(attrs=attrs)
        super().__init__(**{"required": False, "widget": widget, "max_length": 50_000, **kwargs})

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value).strip()
        if not text:
            return {}
        try:
            found = written(text if "\n" in text or text.startswith("{") else "{" + text + "}").document
        except Misdeclared as problem:
            raise forms.ValidationError(_("This cannot be read. Write such as: low: 0, high: 5")) from problem
        if not isinstance(found, dict) or None in found.values():
            raise forms.ValidationError(_("This cannot be read. Write such as: low: 0, high: 5"))
        return found


def as_settings(given: Mapping[str, Any]) -> str:
    """
    >>> as_settings({"low": 0, "high": 5}), as_settings({})
    ('low: 0, high: 5', '')
    """
    return in_one_line(dict(given))[1:-1] if given else ""


def as_lines(given: Mapping[str, Any]) -> str:
    """The same over several lines."""
    return as_yaml(given) if given else ""


class AnswerLines(forms.CharField):
    """Answers of a scale, one a line: `yes = 1`, `n/a = not-applicable`."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"rows": 6, "dir": "ltr", "spellcheck": "false", "class": "code"}
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs=attrs), "max_length": 10_000, **kwargs})

    def clean(self, value: Any) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for number, line in enumerate(super().clean(value).splitlines(), start=1):
            if not line.strip():
                continue
            word, equals, counts = line.rpartition("=")
            if not equals or not word.strip() or not counts.strip():
                raise forms.ValidationError(
                    _("Line %(number)d: write such as: yes = 1"), params={"number": number}, code="line"
                )
            if word.strip() in answers:
                raise forms.ValidationError(
                    _("Line %(number)d: the answer is there twice."), params={"number": number}, code="twice"
                )
            answers[word.strip()] = number_or_word(counts.strip())
        return answers


def number_or_word(text: str) -> Any:
    """
    >>> number_or_word("0,5"), number_or_word("1"), number_or_word("not-applicable")
    (0.5, 1, 'not-applicable')
    """
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return whole(number) if abs(number) < 1e15 else text


def whole(number: float | None) -> Any:
    """A number as people write it: 3, not 3.0."""
    return int(number) if number is not None and float(number).is_integer() else number


def as_answers(scale: Mapping[str, Any]) -> str:
    """
    >>> as_answers({"yes": 1, "no": 0})
    'yes = 1\\nno = 0'
    """
    return "\n".join(f"{word} = {counts}" for word, counts in scale.items())


def inside(before: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping with these values; those without a value go, what no field shows stays."""
    made = dict(before) if isinstance(before, Mapping) else {}
    for name, value in said.items():
        set_or_drop(made, name, value)
    return made


def set_or_drop(made: dict[str, Any], name: str, value: Any) -> None:
    if value in (None, "", {}, []):
        made.pop(name, None)
    else:
        made[name] = value


def whole_or_word(value: Any) -> Any:
    return whole(value) if isinstance(value, float) else value


class AsText(forms.Form):
    """A whole document."""

    text = forms.CharField(
        label=_("The draft as it is written in a file"), max_length=1_000_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "dir": "ltr", "spellcheck": "false", "class": "code"}),
    )  # fmt: skip
