"""Commitments and steps as forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas import queries, rules
from kurak.commitments.agendas.bringing.actions import found_ends
from kurak.commitments.agendas.declared import kind_called
from kurak.commitments.agendas.models import Agenda, Commitment, Level, Provision, Step
from kurak.commitments.agendas.plainly import plain
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.places.queries import in_order
from kurak.instruments.catalogue.building.fields import TextsForm, spread
from kurak.instruments.catalogue.texts import text_of

LATIN = {"dir": "ltr", "spellcheck": "false"}


def day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def named(organisation: Organisation) -> str:
    return str(organisation.name.into(get_language() or "en"))


class CommitmentForm(TextsForm):
    """What was promised. provisions: codes of this agenda, or agenda/code of another."""

    texts = {"title": _("What is promised"), "text": _("In more words")}
    long = frozenset({"text"})
    code = forms.RegexField(
        r"^[\w.()+:-]{1,60}$", label=_("Code"), max_length=60, widget=forms.TextInput(LATIN),
        help_text=_("Letters, digits, points and hyphens, such as C-1. It stays."),
    )  # fmt: skip
    provisions = forms.CharField(
        label=_("Parts of agendas that it answers"), required=False, max_length=2000, widget=forms.TextInput(LATIN),
        help_text=_("Codes of this agenda, or of another as sdg/16.7, with spaces between them"),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    place: Any = forms.ModelChoiceField(label=_("Place"), queryset=None)
    owner: Any = forms.ModelChoiceField(label=_("Who promised it"), queryset=None, required=False)
    owner_name = forms.CharField(
        label=_("Who promised it, where they are not in the list"), required=False, max_length=200
    )
    partners: Any = forms.ModelMultipleChoiceField(
        label=_("Partners"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    starts = day(_("Starts"))
    deadline = day(_("Until"))
    status = forms.ChoiceField(label=_("Status"))
    status_since = day(_("In this status since"))
    status_why = forms.CharField(label=_("Why it stands there"), required=False, max_length=500)
    source = forms.CharField(label=_("Source"), required=False, max_length=300)
    url = forms.URLField(label=_("Address of the source"), required=False, max_length=500, assume_scheme="https")
    verified = forms.BooleanField(label=_("These facts were compared with their source"), required=False)

    def __init__(
        self, *args: Any, agenda: Agenda, person: Person, commitment: Commitment | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agenda = agenda
        fields: dict[str, Any] = self.fields
        if commitment is not None:
            del fields["code"]
        places = self._places(person, commitment)
        fields["place"].queryset = places
        language = get_language() or "en"
        fields["place"].choices = [(each.pk, each.name(language)) for each in in_order(places, language)]
        there = Organisation.objects.filter(place__in=places) | Organisation.objects.filter(place=agenda.place)
        fields["owner"].queryset = fields["partners"].queryset = there.distinct().order_by("slug")
        fields["owner"].label_from_instance = fields["partners"].label_from_instance = named
        if not there.exists():
            del fields["partners"]
        fields["status"].choices = [(each.code, str(each)) for each in kind_called(agenda.kind).statuses]

    def _places(self, person: Person, commitment: Commitment | None) -> Any:
        """Where the person may promise something; for officers and editors of the agenda, inside its place."""
        mine = queries.places_for(person)
        if rules.may_edit(person, commitment or self.agenda):
            inside = [each.pk for each in self.agenda.place.descendants(include_self=True)]
            mine = mine | Place.objects.filter(pk__in=inside)
        if commitment is not None:
            mine = mine | Place.objects.filter(pk=commitment.place_id)
        return mine.distinct()

    @classmethod
    def of(cls, commitment: Commitment, languages: list[str]) -> dict[str, Any]:
        said = spread("title", plain(commitment.title), languages) | spread("text", plain(commitment.text), languages)
        rows = commitment.provisions.select_related("agenda")
        refs = [row.code if row.agenda_id == commitment.agenda_id else f"{row.agenda.code}/{row.code}" for row in rows]
        plainly = {name: getattr(commitment, name) for name in cls.base_fields if hasattr(commitment, name)}
        return said | plainly | {"provisions": " ".join(refs), "partners": list(commitment.partners.all())}

    def clean_provisions(self) -> list[Provision]:
        refs = [ref if "/" in ref else f"{self.agenda.code}/{ref}" for ref in self.cleaned_data["provisions"].split()]
        ends = found_ends(set(refs))
        if lost := [ref for ref in refs if ref not in ends]:
            raise forms.ValidationError(_("There is no such part: %(refs)s"), params={"refs": ", ".join(lost)})
        return [ends[ref] for ref in dict.fromkeys(refs)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.text("title"):
            self.add_error(f"title_{self.languages[0]}", _("Write it in at least one language."))
        if cleaned.get("starts") and cleaned.get("deadline") and cleaned["starts"] > cleaned["deadline"]:
            self.add_error("deadline", _("It ends before it begins. Exchange the two days."))
        return cleaned

    def said(self, commitment: Commitment | None = None) -> dict[str, Any]:
        texts = {
            key: text_of(self.text(key, plain(getattr(commitment, key)) if commitment else None)) for key in self.texts
        }
        return texts | {name: self.cleaned_data[name] for name in self.own if name in self.fields}


class StepForm(TextsForm):
    """A step of the roadmap, which may serve several commitments."""

    texts = {"title": _("Step")}
    owner_name = forms.CharField(label=_("Who does it"), required=False, max_length=200)
    starts = day(_("Starts"))
    due = day(_("Until"))
    done_on = day(_("Done on"))
    dropped = forms.BooleanField(label=_("It will not be done"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)
    commitments: Any = forms.ModelMultipleChoiceField(
        label=_("Commitments that it serves"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, agenda: Agenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agenda = agenda
        field: Any = self.fields["commitments"]
        field.queryset = queries.commitments_of(agenda)
        field.label_from_instance = lambda each: f"{each.code} {each.title.into(get_language() or 'en')}"

    @classmethod
    def of(cls, step: Step, languages: list[str]) -> dict[str, Any]:
        plainly = {name: getattr(step, name) for name in cls.base_fields if name != "commitments"}
        return spread("title", plain(step.title), languages) | plainly | {"commitments": list(step.commitments.all())}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.text("title"):
            self.add_error(f"title_{self.languages[0]}", _("Write it in at least one language."))
        if cleaned.get("starts") and cleaned.get("due") and cleaned["starts"] > cleaned["due"]:
            self.add_error("due", _("It ends before it begins. Exchange the two days."))
        return cleaned

    def said(self, step: Step | None = None) -> dict[str, Any]:
        before = plain(step.title) if step else None
        return {"title": text_of(self.text("title", before))} | {name: self.cleaned_data[name] for name in self.own}
