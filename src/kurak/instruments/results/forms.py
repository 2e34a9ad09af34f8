"""What is asked when data are brought and computed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kurak.instruments.catalogue.models import Edition
from kurak.instruments.results.actions import LARGEST_SEED, MOST_DRAWS
from kurak.instruments.results.analysis import DRAWS


class EditionField(forms.ModelChoiceField):
    def label_from_instance(self, edition: Any) -> str:
        return f"{edition.instrument.code} {edition.edition}"


class DataForm(forms.Form):
    edition = EditionField(label=_("Index and edition"), queryset=Edition.objects.none())
    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX or ODS, at most 5 MB: one row for every unit."))
    title = forms.CharField(label=_("Title of the source"), max_length=300)
    url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    licence = forms.CharField(
        label=_("Licence"), max_length=60, help_text=_("As the publisher writes it, such as CC BY 4.0.")
    )
    citation = forms.CharField(
        label=_("How the source wants to be cited"), required=False, widget=forms.Textarea({"rows": 2})
    )
    redistributable = forms.BooleanField(
        label=_("The licence lets us show and pass on the data themselves"), required=False,
        help_text=_("Without it only the scores are shown, with the citation."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = Edition.objects.filter(status=Edition.Status.PUBLISHED).select_related("instrument")
        self.fields["edition"].queryset = published.defer("text").order_by("instrument__code", "-dated")  # type: ignore[attr-defined]

    @property
    def source(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in ("title", "url", "licence", "citation")}


class ComputeForm(forms.Form):
    draws = forms.IntegerField(label=_("Draws"), min_value=0, max_value=MOST_DRAWS, initial=DRAWS)
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=LARGEST_SEED, initial=0)


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300)
