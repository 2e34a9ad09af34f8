"""Forms of the calendar: what to look at, a day, a reminder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.accounts.listing.views import asked_for
from kurak.commitments.agendas.models import Agenda
from kurak.commitments.calendar.actions import LONGEST_BEFORE, What
from kurak.commitments.calendar.models import Due
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.languages.text import Text
from kurak.ground.places.models import Place


def choose(form: forms.Form, **rows: QuerySet) -> None:
    """Agendas by their title, places by their name."""
    language = get_language() or "en"
    for name, found in rows.items():
        field: Any = form.fields[name]
        field.queryset = found
        field.label_from_instance = (
            (lambda each: str(each.title.into(language))) if name == "agenda" else (lambda each: each.name(language))
        )


def agendas() -> QuerySet[Agenda]:
    return Agenda.objects.filter(status=Agenda.Status.PUBLISHED)


class ChoosingForm(forms.Form):
    agenda: Any = forms.ModelChoiceField(
        label=_("Agenda"), queryset=Agenda.objects.none(), required=False, to_field_name="code", empty_label=_("All")
    )
    place: Any = forms.ModelChoiceField(
        label=_("Place"), queryset=Place.objects.none(), required=False, to_field_name="code", empty_label=_("All")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, agenda=agendas(), place=Place.objects.filter(kind=Place.Kind.COUNTRY))

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: asked_for(self).get(name) for name in ("agenda", "place")}


class ReminderForm(ChoosingForm):
    days = forms.IntegerField(
        label=_("How many days before"), min_value=1, max_value=LONGEST_BEFORE, initial=30,
        widget=forms.NumberInput(attrs={"dir": "ltr"}),
    )  # fmt: skip


class DueForm(forms.Form):
    agenda: Any = forms.ModelChoiceField(label=_("Agenda"), queryset=Agenda.objects.none(), to_field_name="code")
    place: Any = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), to_field_name="code")
    kind = forms.ChoiceField(label=_("What is due"), choices=Due.Kind.choices)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    exact = forms.ChoiceField(label=_("How exactly it is known"), choices=Due.Exact.choices, initial=Due.Exact.DAY)
    title = forms.CharField(label=_("In a few words"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(label=_("Language"), choices=[(each.code, each.own_name) for each in LANGUAGES])
    url = forms.URLField(
        label=_("Where it was announced"), max_length=500, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )  # fmt: skip
    source = forms.CharField(label=_("Name of that paper or page"), max_length=300, required=False)
    verified = forms.BooleanField(label=_("I have compared it with the announcement"), required=False)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": get_language() or "en", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        choose(self, agenda=agendas(), place=places)

    @property
    def what(self) -> What:
        given = self.cleaned_data
        title = Text(given["language"], given["title"].strip())
        return What(
            given["kind"], given["day"], title, given["exact"], given["url"], given["source"], given["verified"]
        )

    @staticmethod
    def of(due: Due) -> dict[str, Any]:
        return {
            "agenda": due.agenda.code, "place": due.place.code, "kind": due.kind, "day": due.day, "exact": due.exact,
            "title": due.title.body, "language": due.title.language, "url": due.url, "source": due.source,
            "verified": due.verified,
        }  # fmt: skip
