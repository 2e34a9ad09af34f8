"""Forms of shadow reports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.accounts.rules import organisations_of
from kurak.commitments.agendas.models import Agenda, Provision
from kurak.commitments.agendas.queries import provisions_of, published
from kurak.commitments.shadow import rules
from kurak.commitments.shadow.models import Section, ShadowReport
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation, Person
from kurak.ground.people.queries import coordinated, organisations_at
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SPOKEN = [(each.code, each.own_name) for each in LANGUAGES]


class FrameForm(forms.Form):
    """To whom, how long, until when."""

    addressee = forms.CharField(
        label=_("To whom"), max_length=200, required=False, help_text=_("The committee or body that it is sent to.")
    )
    most_words = forms.IntegerField(
        label=_("Most words"), min_value=100, max_value=200_000, required=False,
        help_text=_("What its addressee accepts. Notes are not counted."),
    )  # fmt: skip
    due = forms.DateField(label=_("Last day to send it"), widget=DAY, required=False)


class ClosingForm(FrameForm):
    closed = forms.BooleanField(label=_("Closed: nothing more is written"), required=False)

    def __init__(self, *args: Any, report: ShadowReport, **kwargs: Any) -> None:
        first = {"addressee": report.addressee, "most_words": report.most_words, "due": report.due}
        kwargs["initial"] = {**first, "closed": report.closed_at is not None}
        super().__init__(*args, **kwargs)


class OpenForm(FrameForm):
    """A new report; `agenda` is chosen before, so that its parts can be picked."""

    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language it is written in"), choices=SPOKEN)
    code = forms.SlugField(
        label=_("Short name in the address"), max_length=60, help_text=_("Latin letters, digits and hyphens.")
    )
    lead: Any = forms.ModelChoiceField(label=_("Leading organisation"), queryset=None, empty_label=None)
    place: Any = forms.ModelChoiceField(label=_("Country"), queryset=None, to_field_name="code", empty_label=None)
    start = forms.DateField(label=_("Period: first day"), widget=DAY)
    end = forms.DateField(label=_("Period: last day"), widget=DAY)
    provisions: Any = forms.ModelMultipleChoiceField(
        label=_("Parts that it speaks of"), queryset=None, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Each becomes a section, with the approved accounts of it. You can add others later."),
    )  # fmt: skip
    field_order = ("title", "language", "code", "lead", "place", "start", "end", "addressee", "most_words", "due")

    def __init__(self, *args: Any, person: Person, agenda: Agenda, **kwargs: Any) -> None:
        now = timezone.now().date()
        first = {"start": dt.date(now.year - 4, 1, 1), "end": now, "language": get_language() or "en"}
        kwargs["initial"] = first
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        lead: Any = self.fields["lead"]
        lead.queryset = leads_of(person)
        lead.label_from_instance = lambda each: str(each.name.into(language))
        place: Any = self.fields["place"]
        bound = agenda.place.descendants(include_self=True) if agenda.place.kind == Place.Kind.COUNTRY else countries()
        place.queryset = Place.objects.filter(pk__in=[each.pk for each in bound])
        place.label_from_instance = lambda each: each.name(language)
        provisions: Any = self.fields["provisions"]
        provisions.queryset = provisions_of(agenda).filter(depth__lte=1)
        provisions.label_from_instance = lambda each: f"{each.code}. {each.title.into(language)}"


def leads_of(person: Person) -> Any:
    """Organisations in whose name the person may open a report: their own, and those of the places they coordinate."""
    own = organisations_of(person).filter(memberships__person=person, memberships__officer=True)
    there = organisations_at(coordinated(person))
    found = {*own.values_list("pk", flat=True), *there.values_list("pk", flat=True)}
    return Organisation.objects.filter(pk__in=found, kind__in=rules.INDEPENDENT).order_by("slug")


def agendas_for(words: str = "") -> Any:
    return published().order_by("kind", "code")


class SectionForm(forms.Form):
    """One section in one language."""

    heading = forms.CharField(label=_("Heading"), max_length=300)
    body = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 16}), required=False,
        help_text=_("Leave a line empty between paragraphs."),
    )  # fmt: skip
    ready = forms.BooleanField(label=_("Ready"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, section: Section, language: str, **kwargs: Any) -> None:
        self.section, self.language = section, language
        super().__init__(*args, **kwargs)

    @property
    def heading_text(self) -> Text:
        return put(self.section.heading, self.language, self.cleaned_data["heading"])

    @property
    def body_text(self) -> Text | None:
        written = self.cleaned_data["body"].strip()
        if self.section.body is None:
            return Text(self.language, written) if written else None
        return put(self.section.body, self.language, written)


def put(text: Text, language: str, body: str) -> Text:
    """The text with these words in this language; without words, without this translation."""
    if language == text.language:
        return Text(text.language, body, text.translations)
    if not body:
        return Text(text.language, text.body, {key: told for key, told in text.translations.items() if key != language})
    return text.with_translation(language, body, "human")


def said_in(text: Text | None, language: str) -> str:
    """The words in exactly this language; nothing where there are none."""
    if text is None:
        return ""
    rendering = text.into(language)
    return rendering.body if rendering.language == language else ""


class NewSectionForm(forms.Form):
    heading = forms.CharField(label=_("Heading"), max_length=300, required=False)
    provision: Any = forms.ModelChoiceField(
        label=_("Part of the agenda"), queryset=Provision.objects.none(), required=False,
        empty_label=_("None: a section of words only"),
    )  # fmt: skip

    def __init__(self, *args: Any, report: ShadowReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        provision: Any = self.fields["provision"]
        provision.queryset = provisions_of(report.agenda).filter(depth__lte=2)
        provision.label_from_instance = lambda each: f"{each.code}. {each.title.into(language)}"[:120]


class InviteForm(forms.Form):
    organisation: Any = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="slug"
    )

    def __init__(self, *args: Any, report: ShadowReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        organisation: Any = self.fields["organisation"]
        there = report.coalition.values("organisation")
        independent = Organisation.objects.filter(kind__in=rules.INDEPENDENT)
        organisation.queryset = independent.exclude(pk__in=there).order_by("slug")
        organisation.label_from_instance = lambda each: str(each.name.into(language))
