"""What a reader may ask the pages of indicators for. Every field may be empty; what is no choice is as if empty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas.models import Agenda
from kurak.commitments.indicators.models import Indicator, Voice
from kurak.commitments.indicators.wording import METHODS
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, in_order
from kurak.ground.themes.queries import goals

ALL = [("", _("All"))]
HEADLINE = [("", _("Chosen for each series by its length"))]


def methods() -> list[tuple[str, str]]:
    return [(code, f"{letter}. {name}") for code, (letter, name) in METHODS.items()]


class Filters(forms.Form):
    words = forms.CharField(label=_("Words or code"), max_length=200, required=False)
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    agenda = forms.ChoiceField(label=_("Agenda"), required=False)
    place = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.ChoiceField(label=_("Who defined it"), choices=[*ALL, *Voice.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.goals = {str(each.number): each for each in goals()}
        self.places = {each.code: each for each in in_order(countries(), language)}
        followed = Indicator.provisions.through.objects.values("provision__agenda")
        agendas = Agenda.objects.filter(pk__in=followed, status=Agenda.Status.PUBLISHED)
        choices: dict[str, list[tuple[str, Any]]] = {
            "goal": [(number, f"{number}. {each.name.into(language)}") for number, each in self.goals.items()],
            "agenda": [(each.code, str(each.title.into(language))) for each in agendas],
            "place": [(code, each.name(language)) for code, each in self.places.items()],
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = [*ALL, *offered]

    @property
    def asked(self) -> dict[str, Any]:
        self.is_valid()
        said = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return {**said, "place": self.places.get(said["place"]), "goal": self.goals.get(said["goal"])}


class Method(forms.Form):
    """By which method colours are given."""

    method = forms.ChoiceField(label=_("Judged by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["method"]
        field.choices = [*HEADLINE, *methods()]

    @property
    def chosen(self) -> str:
        return self.cleaned_data["method"] if self.is_valid() else ""


class Reading(Method):
    """Which place's series of an indicator, and by which method."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    field_order = ("place", "method")

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.places = {each.code: each for each in places}
        field: Any = self.fields["place"]
        field.choices = [(each.code, each.name(language)) for each in places]
