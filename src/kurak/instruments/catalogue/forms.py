"""What a reader may ask the catalogue for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kurak.instruments.catalogue.models import Instrument
from kurak.instruments.catalogue.wording import LABELS

ALL = [("", _("All"))]


class Filters(forms.Form):
    """Every field may be empty. What is not among the choices is as if it were."""

    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ALL, *Instrument.Kind.choices], required=False)
    units = forms.ChoiceField(label=_("For whom"), choices=[*ALL, *Instrument.Units.choices], required=False)
    label = forms.ChoiceField(label=_("How exact"), choices=[*ALL, *LABELS.items()], required=False)

    @property
    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
