"""How an instrument begins, and its heading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.queries import in_order
from kurak.instruments.catalogue import queries
from kurak.instruments.catalogue.building.fields import (
    ABOUT,
    NONE,
    TextsForm,
    inside,
    set_or_drop,
    spread,
    whole_or_word,
)
from kurak.instruments.catalogue.building.starting import STARTERS
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.catalogue.wording import LABELS, MARKS
from kurak.instruments.definitions.telling import REVIEWS

REVIEW = {"peer": _("by a peer"), "expert": _("by an expert"), "none": _("none")}


def places_field(person: Person, form: forms.Form) -> None:
    """Places where the person may build, and organisations there."""
    language, places = get_language() or "en", queries.places_for(person)
    place: Any = form.fields["place"]
    owner: Any = form.fields["owner"]
    place.queryset = places
    place.choices = [("", "–"), *((each.pk, each.name(language)) for each in in_order(places, language))]
    owner.queryset = Organisation.objects.filter(place__in=places)
    owner.label_from_instance = lambda organisation: str(organisation.name.into(language))


class Whose(forms.Form):
    place: Any = forms.ModelChoiceField(
        label=_("Place"), queryset=None, help_text=_("Its analysts and coordinators may change the instrument.")
    )
    owner: Any = forms.ModelChoiceField(label=_("Organisation that it belongs to"), queryset=None, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places_field(person, self)


class Begin(Whose):
    """A new instrument: from nothing, from a starter, or as a copy of an edition."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9-]{0,59}$", label=_("Code"), max_length=60,
        help_text=_("Small Latin letters, digits and hyphens. It is part of the address and stays."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title in English"), max_length=200)
    starter = forms.ChoiceField(label=_("Begin with"), choices=list(STARTERS.items()), widget=forms.RadioSelect,
                                required=False, initial="index")  # fmt: skip
    copy: Any = forms.ModelChoiceField(
        label=_("Or a copy of"), queryset=None, required=False,
        help_text=_("The copy is yours to change. What it was copied from stays visible."),
    )  # fmt: skip
    field_order = ("title", "code", "starter", "copy", "place", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copy: Any = self.fields["copy"]
        copy.queryset = queries.published().defer("text", "document").order_by("instrument__code", "-dated")
        copy.label_from_instance = told


def told(edition: Edition) -> str:
    return f"{edition.instrument.title.into(get_language() or 'en')}, {edition.edition} ({edition.revision})"


class Upload(Whose):
    file = forms.FileField(label=_("YAML or XLSX file"), help_text=_("At most two megabytes."))
    field_order = ("file", "place", "owner")


class About(TextsForm):
    """The heading of the document."""

    texts = {"title": _("Title"), "about": ABOUT, "publisher": _("Publisher of the method")}
    long = frozenset({"about"})
    edition = forms.RegexField(r"^[^/\\]{1,40}$", label=_("Edition"), help_text=_("A year or a number"))
    dated = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Instrument.Kind.choices)
    units = forms.ChoiceField(label=_("For whom"), choices=Instrument.Units.choices)
    label = forms.ChoiceField(label=_("How exact"), choices=list(LABELS.items()))
    checked = forms.ChoiceField(label=_("How sure we are"), choices=[NONE, *MARKS.items()], required=False)
    low = forms.FloatField(label=_("Lowest score"), required=False)
    high = forms.FloatField(label=_("Highest score"), required=False)
    better = forms.ChoiceField(label=_("Better is"), choices=[("high", _("the highest")), ("low", _("the lowest"))])
    digits = forms.IntegerField(label=_("Digits shown"), required=False, min_value=0, max_value=12)
    raters = forms.IntegerField(label=_("Raters, if it is assessed"), required=False, min_value=1, max_value=50)
    review = forms.ChoiceField(
        label=_("Review"), choices=[NONE, *((code, REVIEW[code]) for code in REVIEWS)], required=False
    )
    valid_months = forms.IntegerField(label=_("Valid for months"), required=False, min_value=1, max_value=600)

    @classmethod
    def of(cls, document: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
        label, scale, assessing = (document.get(name) or {} for name in ("label", "scale", "assessing"))
        texts: dict[str, Any] = {}
        for key in cls.texts:
            texts |= spread(key, document.get(key), languages)
        return texts | {
            **{name: document.get(name) for name in ("edition", "dated", "kind", "units", "checked")},
            "label": label.get("is") if isinstance(label, Mapping) else label,
            **{name: scale.get(name) for name in ("low", "high", "better", "digits")},
            **{name: assessing.get(name) for name in ("raters", "review", "valid_months")},
        }

    def applied(self, document: Mapping[str, Any]) -> dict[str, Any]:
        said, made = self.cleaned_data, dict(document)
        for key in self.texts:
            set_or_drop(made, key, self.text(key, made.get(key)))
        for name in ("edition", "kind", "units", "checked"):
            set_or_drop(made, name, said[name])
        made["dated"] = said["dated"].isoformat()
        label = dict(made["label"]) if isinstance(made.get("label"), Mapping) else {}
        made["label"] = label | {"is": said["label"]}
        scale = inside(
            made.get("scale"), {name: whole_or_word(said[name]) for name in ("low", "high", "better", "digits")}
        )
        set_or_drop(made, "scale", scale)
        names = ("raters", "review", "valid_months")
        set_or_drop(made, "assessing", inside(made.get("assessing"), {name: said[name] or None for name in names}))
        return made
