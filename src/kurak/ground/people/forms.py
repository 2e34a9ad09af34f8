"""Forms of accounts and rights."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.people.models import Grant, Organisation, Person
from kurak.ground.places.models import Place


class GrantForm(forms.Form):
    name = forms.CharField(label=_("Name of the account"), max_length=60)
    role = forms.ChoiceField(label=_("Role"), choices=Grant.Role.choices)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), to_field_name="code")
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Who asked for it, and what for.")
    )

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = Place.objects.filter(pk__in=[place.pk for place in places])
        field.label_from_instance = lambda place: place.name(get_language() or "en")


class OrganisationForm(forms.Form):
    """A new organisation at one of the coordinator's places; its name in the language it calls itself by."""

    called = forms.CharField(label=_("Name of the organisation"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=[(each.code, each.own_name) for each in LANGUAGES])
    slug = forms.SlugField(label=_("Address, in Latin letters"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Organisation.Kind.choices, initial=Organisation.Kind.CIVIL, required=False,
        help_text=_("Members of a public authority may state its accounts of commitments and answer those of others."),
    )  # fmt: skip
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), to_field_name="code")

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "organisation")
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = Place.objects.filter(pk__in=[place.pk for place in places])
        field.label_from_instance = lambda place: place.name(get_language() or "en")


class MemberForm(forms.Form):
    """Somebody with an account becomes a member of an organisation, or may speak for it."""

    name = forms.CharField(label=_("Name of the account"), max_length=60)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="slug"
    )
    officer = forms.BooleanField(label=_("May speak for the organisation"), required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "member")
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        field.label_from_instance = lambda each: str(each.name.into(get_language() or "en"))


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=[(each.code, each.own_name) for each in LANGUAGES])


class ClosingForm(forms.Form):
    """The name is typed to show that it is meant."""

    name = forms.CharField(label=_("Your account's name"), max_length=60)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name != self.person.username:
            raise forms.ValidationError(_("This is not the name of your account."))
        return name
