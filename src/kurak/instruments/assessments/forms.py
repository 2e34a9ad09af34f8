"""Forms of assessments: opening one, adding evidence, answering an invitation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.ground.people.models import Person
from kurak.ground.places.models import Place
from kurak.instruments.assessments import queries
from kurak.instruments.assessments.actions import ITSELF
from kurak.instruments.assessments.models import Assessment, Sheet
from kurak.instruments.assessments.questions import said

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OpenForm(forms.Form):
    """Which instrument, for what, over which period."""

    edition = forms.ChoiceField(label=_("Instrument"))
    organisation: Any = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    subject = forms.CharField(
        label=_("Name of the programme, municipality or community"), max_length=200, required=False,
        help_text=_("Leave it empty where the instrument assesses the organisation itself."),
    )  # fmt: skip
    place: Any = forms.ModelChoiceField(
        label=_("Place"), queryset=None, required=False, to_field_name="code",
        empty_label=_("As of the organisation"),
    )  # fmt: skip
    start = forms.DateField(label=_("Period assessed: first day"), widget=DAY)
    end = forms.DateField(label=_("Period assessed: last day"), widget=DAY)
    short = forms.BooleanField(
        label=_("Only the core questions"), required=False,
        help_text=_("For organisations of up to four people, where the instrument has a short form."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        last = timezone.now().year - 1
        kwargs["initial"] = {"start": dt.date(last, 1, 1), "end": dt.date(last, 12, 31), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.editions = {str(each.pk): each for each in queries.editions_to_answer()}
        edition: Any = self.fields["edition"]
        edition.choices = [
            (pk, f"{said(each.document.get('title')).into(language)} ({each.edition})")
            for pk, each in self.editions.items()
        ]
        self._offer(person, language)

    def _offer(self, person: Person, language: str) -> None:
        organisations: Any = self.fields["organisation"]
        organisations.queryset = queries.organisations_of(person).select_related("place")
        organisations.label_from_instance = lambda each: str(each.name.into(language))
        inside = [place.pk for each in organisations.queryset for place in each.place.descendants(include_self=True)]
        places: Any = self.fields["place"]
        places.queryset = Place.objects.filter(pk__in=inside)
        places.label_from_instance = lambda place: place.name(language)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        edition = self.editions.get(cleaned.get("edition", ""))
        if edition and edition.instrument.units not in ITSELF and not cleaned.get("subject"):
            self.add_error("subject", _("Name what is assessed: the programme, municipality or community."))
        if cleaned.get("start") and cleaned.get("end") and cleaned["end"] < cleaned["start"]:
            self.add_error("end", _("The period must end after it begins."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "edition": self.editions[self.cleaned_data["edition"]]}


class EvidenceForm(forms.Form):
    """A link or a file."""

    title = forms.CharField(label=_("What it is"), max_length=200, required=False)
    link = forms.CharField(
        label=_("Web address"), max_length=500, required=False, widget=forms.URLInput(attrs={"dir": "ltr"})
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("PDF, PNG, JPEG, DOCX, XLSX, ODT or plain text, up to 4 MB.")
    )
    page = forms.CharField(label=_("Page, if it is a long document"), max_length=20, required=False)
    public = forms.BooleanField(
        label=_("May be shown to everybody with the published profile"), required=False,
        help_text=_("Otherwise only reviewers and the panel see it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("link")) == bool(cleaned.get("file")) and not self.errors:
            raise forms.ValidationError(_("Give a web address or choose a file: one of the two."))
        return cleaned


class InterestsForm(forms.Form):
    """What a reviewer declares."""

    ties = forms.ChoiceField(
        label=_("Do you or your organisation have ties to them: work, money, family, rivalry?"),
        choices=[("no", _("No ties")), ("yes", _("Yes, as I describe below"))], widget=forms.RadioSelect,
    )  # fmt: skip
    interests = forms.CharField(
        label=_("Which ties"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ties") == "yes" and not (cleaned.get("interests") or "").strip():
            self.add_error("interests", _("Describe the ties in a few words."))
        return cleaned


class InviteForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the account"), max_length=60, help_text=_("Of somebody from another organisation.")
    )
    role = forms.ChoiceField(
        label=_("As"), choices=[(each.value, each.label) for each in (Sheet.Role.PEER, Sheet.Role.EXPERT)]
    )


class ConsentForm(forms.Form):
    """The class alone is offered where the edition has classes."""

    to = forms.ChoiceField(label=_("What may be published"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, has_classes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wide: Any = self.fields["to"]
        wide.choices = [
            (Assessment.Consent.PROFILE, _("The whole profile: every part, every answer, and the evidence you marked")),
            *([(Assessment.Consent.BAND, _("Only the class that was reached, without any number"))] * has_classes),
            (Assessment.Consent.NONE, _("Nothing: it stays between you, the reviewers and the panel")),
        ]
