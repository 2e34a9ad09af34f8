"""What a reader may ask the list of agendas for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas.declared import kinds
from kurak.commitments.agendas.models import Level
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, in_order

ALL = [("", _("All"))]


class Filters(forms.Form):
    """Every field may be empty. What is not among the choices is as if it were."""

    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=[*ALL, *Level.choices], required=False)
    place = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        kind: Any = self.fields["kind"]
        kind.choices = [*ALL, *((each.code, each.plural) for each in kinds().values())]
        self.places = {each.code: each for each in in_order(countries(), language)}
        place: Any = self.fields["place"]
        place.choices = [*ALL, *((code, each.name(language)) for code, each in self.places.items())]

    @property
    def asked(self) -> dict[str, Any]:
        self.is_valid()
        said = {name: self.cleaned_data.get(name, "") for name in self.fields}
        place: Place | None = self.places.get(said["place"])
        return {**said, "place": place}
