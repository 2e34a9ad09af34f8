"""A figure of civil society's own, and a file that is brought in at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.indicators.models import Target, Voice
from kurak.commitments.indicators.reading.cells import number_of
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.ground.places.queries import in_order

LARGEST = 20 * 1024 * 1024
SAID = ("year", "value", "low", "high", "n", "how", "evidence")


class OfferForm(forms.Form):
    organisation: Any = forms.ModelChoiceField(Organisation.objects.none(), label=_("In the name of"))
    place: Any = forms.ModelChoiceField(Place.objects.none(), label=_("Place"))
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    value = forms.FloatField(label=_("Value"))
    low = forms.FloatField(label=_("Not below"), required=False, help_text=_("Where the value is not certain."))
    high = forms.FloatField(label=_("Not above"), required=False)
    n = forms.IntegerField(label=_("Observations it stands on"), required=False, min_value=1, max_value=10**9)
    how = forms.CharField(label=_("How it was found"), max_length=500, widget=forms.Textarea({"rows": 3}))
    evidence = forms.URLField(label=_("Link to the evidence"), required=False, max_length=500)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        organisation: Any = self.fields["organisation"]
        organisation.queryset = organisations
        organisation.label_from_instance = lambda each: str(each.name.into(language))
        place: Any = self.fields["place"]
        place.queryset = Place.objects.all()
        place.label_from_instance = lambda each: each.name(language)

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SAID}


class TargetForm(forms.Form):
    """Where an indicator should be at a place. Values on the way stand one a line."""

    place: Any = forms.ChoiceField(label=_("Place"))
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    value = forms.FloatField(label=_("Value"))
    kind = forms.ChoiceField(label=_("Who set it"), choices=Target.Kind.choices)
    source = forms.CharField(label=_("Where it stands"), max_length=300)
    url = forms.URLField(label=_("Address"), required=False, max_length=500)
    baseline_year = forms.IntegerField(label=_("Counted from"), required=False, min_value=1990, max_value=2100)
    path = forms.CharField(
        label=_("On the way"), required=False, widget=forms.Textarea({"rows": 3, "dir": "ltr"}),
        help_text=_("A year and a value a line, such as: 2027 30.5"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.places = {each.code: each for each in in_order(places, language)}
        field: Any = self.fields["place"]
        field.choices = [(code, each.name(language)) for code, each in self.places.items()]

    def clean_path(self) -> dict[str, float]:
        found = {}
        for line in self.cleaned_data["path"].splitlines():
            year, _space, value = line.strip().partition(" ")
            number = number_of(value)
            if line.strip():
                if not (year.isascii() and year.isdigit() and len(year) == 4) or number is None:
                    raise forms.ValidationError(_("This is no year and value: %(line)s"), params={"line": line})
                found[year] = number.value
        return found


class BringForm(forms.Form):
    """Whose file it is. Rows that name no place are of the place chosen."""

    file = forms.FileField(label=_("SDMX, CSV or XLSX file"), help_text=_("At most twenty megabytes."))
    place = forms.ChoiceField(label=_("Place"))
    code = forms.SlugField(
        label=_("Code of the source"),
        max_length=50,
        help_text=_("The same as last year's file, so that it is renewed."),
    )
    title = forms.CharField(label=_("Title of the source"), max_length=200)
    kind = forms.ChoiceField(label=_("Whose word"), choices=Voice.choices)
    url = forms.URLField(label=_("Where it was read"), required=False, max_length=500)
    licence = forms.CharField(label=_("Licence"), required=False, max_length=60)
    copied = forms.BooleanField(label=_("The file is a copy, not the source's own"), required=False)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.places = {each.code: each for each in in_order(places, language)}
        field: Any = self.fields["place"]
        field.choices = [(code, each.name(language)) for code, each in self.places.items()]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than twenty megabytes. Use the command line."))
        return file
