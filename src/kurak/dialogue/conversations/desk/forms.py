"""What facilitators fill in. A text has one section for each language; one of them is the original."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.dialogue.conversations.desk import guests, queries
from kurak.dialogue.conversations.forms import CHOICES, GENERATIONS, countries
from kurak.dialogue.conversations.models import LONGEST_STATEMENT, Conversation
from kurak.ground.errors import Refused
from kurak.ground.languages.declared import BY_CODE, LANGUAGES, Language
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Person
from kurak.ground.themes.models import Theme

OWN_NAMES = [(each.code, each.own_name) for each in LANGUAGES]
MADE = [("human", _("translated by a person")), ("machine", _("translated by a machine"))]
TEXTS = {
    "question": _("Question"),
    "introduction": _("Introduction"),
    "policy": _("Rules of moderation, if they differ from the platform's"),
}
PLAIN = ("place", "organisation", "opens", "closes", "admission", "moderation", "may_write", "longest", "asks")
LABELS = {
    **TEXTS,
    "place": _("Place"),
    "themes": _("Themes"),
    "organisation": _("Organisation"),
    "opens": _("Opens by itself"),
    "closes": _("Closes by itself"),
    "admission": _("Who may take part"),
    "moderation": _("Moderation"),
    "may_write": _("Participants may write statements"),
    "longest": _("Longest statement, in characters"),
    "asks": _("Optional questions to participants"),
    "publishes_votes": _("Votes are published as open data, without names"),
    "phase": _("Phase"),
}
NOT_UTF8 = _("This file is not text in UTF-8. Save it as CSV UTF-8.")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


@dataclass(frozen=True, slots=True)
class Section:
    """The fields of one language."""

    language: Language
    fields: list[forms.BoundField]
    made: forms.BoundField
    filled: bool


class Texts(forms.Form):
    """The conversation's texts: `question_kk` is the question in Kazakh, `made_kk` how the Kazakh came about."""

    original = forms.ChoiceField(
        label=_("Language of the original"),
        choices=OWN_NAMES,
        help_text=_("All other languages are translations of it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            attrs = {"lang": language.code, "dir": language.direction}
            for name, label in TEXTS.items():
                area = forms.Textarea(attrs=attrs | {"rows": 2 if name == "question" else 5})
                self.fields[f"{name}_{language.code}"] = forms.CharField(label=label, required=False, widget=area)
            self.fields[f"made_{language.code}"] = forms.ChoiceField(
                label=_("If this is a translation"), choices=MADE, required=False
            )

    @property
    def sections(self) -> Iterator[Section]:
        """One for each language: those with words, or with an error, are shown open."""
        for language in LANGUAGES:
            fields = [self[f"{name}_{language.code}"] for name in TEXTS]
            filled = any(field.value() or field.errors for field in fields)
            yield Section(language, fields, self[f"made_{language.code}"], filled)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        original = cleaned.get("original")
        if original in BY_CODE:
            for name in TEXTS:
                cleaned[name] = self._text(cleaned, name, original)
        return cleaned

    def _text(self, cleaned: dict[str, Any], name: str, original: str) -> Text | None:
        bodies = {each.code: (cleaned.get(f"{name}_{each.code}") or "").strip() for each in LANGUAGES}
        needed = name == "question" or any(bodies.values())
        if needed and not bodies[original]:
            self.add_error(f"{name}_{original}", _("Write it in the language of the original."))
            return None
        if not bodies[original]:
            return None
        translations: dict[str, Any] = {
            code: (body, cleaned.get(f"made_{code}") or "human")
            for code, body in bodies.items() if body and code != original
        }  # fmt: skip
        return Text(original, bodies[original], translations)


def spread(conversation: Conversation) -> dict[str, Any]:
    """The texts of a conversation as the form's first values."""
    values: dict[str, Any] = {"original": conversation.question.language}
    for name in TEXTS:
        text: Text | None = getattr(conversation, name)
        if text is None:
            continue
        values[f"{name}_{text.language}"] = text.body
        for code, (body, made) in text.translations.items():
            values[f"{name}_{code}"], values[f"made_{code}"] = body, made
    return values


class ConversationForm(Texts):
    """Opens a conversation, and changes it."""

    slug = forms.SlugField(
        label=_("Address"), required=False, max_length=80,
        help_text=_("The last part of the link, in Latin letters. Left empty, it is made from the question."),
    )  # fmt: skip
    place: Any = forms.ModelChoiceField(label=LABELS["place"], queryset=None)
    themes = forms.ModelMultipleChoiceField(
        label=LABELS["themes"],
        queryset=Theme.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organisation: Any = forms.ModelChoiceField(label=LABELS["organisation"], queryset=None, required=False)
    opens = forms.DateTimeField(
        label=LABELS["opens"], required=False, widget=MOMENT,
        help_text=_("Times are in UTC. Left empty, you open the conversation by hand."),
    )  # fmt: skip
    closes = forms.DateTimeField(label=LABELS["closes"], required=False, widget=MOMENT)
    admission = forms.ChoiceField(
        label=LABELS["admission"], choices=Conversation.Admission.choices, widget=forms.RadioSelect, initial="open"
    )
    moderation = forms.ChoiceField(
        label=LABELS["moderation"], choices=Conversation.Moderation.choices, widget=forms.RadioSelect, initial="strict"
    )
    may_write = forms.BooleanField(label=LABELS["may_write"], required=False, initial=True)
    longest = forms.IntegerField(label=LABELS["longest"], min_value=40, max_value=1000, initial=LONGEST_STATEMENT)
    asks = forms.MultipleChoiceField(
        label=LABELS["asks"], required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(name, label) for name, (label, _choices) in CHOICES.items()],
        help_text=_("Nobody has to answer. Answers are shown only as totals, never small ones."),
    )  # fmt: skip
    publishes_votes = forms.BooleanField(
        label=LABELS["publishes_votes"], required=False, initial=True,
        help_text=_("Participants are told. It cannot be switched on after somebody took part without it."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, conversation: Conversation | None = None, **kwargs: Any) -> None:
        self.conversation = conversation
        language = get_language() or "en"
        kwargs.setdefault("initial", {"original": language} if conversation is None else values_of(conversation))
        super().__init__(*args, **kwargs)
        self._offer(person, language)
        if conversation is not None:
            del self.fields["slug"]  # links that were shared must go on working

    def _offer(self, person: Person, language: str) -> None:
        """Only places where the person may open conversations, and organisations they belong to. What is set stays
        possible, whoever edits."""
        places: Any = self.fields["place"]
        organisations: Any = self.fields["organisation"]
        places.queryset = queries.places_for(person, self.conversation)
        organisations.queryset = queries.organisations_for(person, self.conversation)
        places.label_from_instance = lambda place: place.name(language)
        organisations.label_from_instance = lambda organisation: str(organisation.name.into(language))
        themes: Any = self.fields["themes"]
        themes.label_from_instance = lambda theme: str(theme.name.into(language))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("It must close after it opens."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        names = (*TEXTS, *PLAIN, "publishes_votes", "themes")
        return {name: self.cleaned_data.get(name) for name in names}

    @property
    def chosen_slug(self) -> str:
        """The address that was given, or one made from the question; chance where it has no Latin letters."""
        question: Text = self.cleaned_data["question"]
        latin = slugify(str(question.into("en")))[:50].strip("-")
        return self.cleaned_data["slug"] or (latin if len(latin) > 3 else f"c-{secrets.token_hex(4)}")


def values_of(conversation: Conversation) -> dict[str, Any]:
    plain = {name: getattr(conversation, name) for name in (*PLAIN, "publishes_votes")}
    return spread(conversation) | plain | {"themes": list(conversation.themes.all())}


class Seeds(forms.Form):
    language = forms.ChoiceField(label=_("Language of these statements"), choices=OWN_NAMES)
    lines = forms.CharField(
        label=_("Statements, one a line"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("One thought each, to agree or disagree with. Start with ten to twenty different ones."),
    )  # fmt: skip


class Translation(forms.Form):
    language = forms.ChoiceField(choices=OWN_NAMES)
    body = forms.CharField(label=_("Translation"), required=False, max_length=2000)
    made = forms.ChoiceField(label=_("How it was made"), choices=MADE)


class GuestList(forms.Form):
    """Either so many guests of one kind, or a table."""

    how_many = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=5000, required=False)
    country = forms.ChoiceField(label=_("Country expected"), required=False)
    generation = forms.ChoiceField(
        label=_("Generation expected"), required=False, choices=[("", _("Any")), *GENERATIONS]
    )
    table = forms.FileField(
        label=_("Or a CSV file with the columns country, generation; one line a guest"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.countries = countries()
        self.fields["country"].choices = [("", _("Any")), *self.countries]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if file := cleaned.get("table"):
            cleaned["guests"] = self._read(file)
        elif many := cleaned.get("how_many"):
            cleaned["guests"] = [(cleaned.get("country", ""), cleaned.get("generation", ""))] * many
        else:
            raise forms.ValidationError(_("Say how many codes to make, or choose a file."))
        return cleaned

    def _read(self, file: Any) -> list[tuple[str, str]]:
        known, generations = {code for code, _name in self.countries}, {code for code, _name in GENERATIONS}
        try:
            return guests.read(file.read().decode("utf-8-sig"), countries=known, generations=generations)
        except (UnicodeDecodeError, csv.Error, Refused) as problem:
            said = str(problem) if isinstance(problem, Refused) else NOT_UTF8
            raise forms.ValidationError(said) from problem
