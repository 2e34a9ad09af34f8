"""What participants fill in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.dialogue.conversations.models import Conversation
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.places.models import Place

NO_ANSWER = ("", _("I would rather not say"))
GENERATIONS = [
    ("1945", _("Born 1945 or before")),
    ("1960", _("Born 1946–1960")),
    ("1980", _("Born 1961–1980")),
    ("1995", _("Born 1981–1995")),
    ("2010", _("Born 1996–2010")),
    ("later", _("Born after 2010")),
]
GENDERS = [("woman", _("Woman")), ("man", _("Man")), ("other", _("Another"))]
SETTLEMENTS = [("city", _("City")), ("town", _("Town")), ("village", _("Village"))]


def countries() -> list[tuple[str, Any]]:
    language = get_language() or "en"
    known = [(place.code, place.name(language)) for place in Place.objects.filter(kind=Place.Kind.COUNTRY)]
    return [*sorted(known, key=lambda each: each[1]), ("elsewhere", str(_("Another country")))]


CHOICES: dict[str, tuple[Any, Callable[[], list[tuple[str, Any]]]]] = {
    "country": (_("Country"), countries),
    "generation": (_("Generation"), lambda: GENERATIONS),
    "gender": (_("Gender"), lambda: GENDERS),
    "settlement": (_("Where you live"), lambda: SETTLEMENTS),
}


class AboutMe(forms.Form):
    """Optional answers: only those the conversation asks for, and only with consent."""

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in conversation.asks:
            label, choices = CHOICES[name]
            self.fields[name] = forms.ChoiceField(label=label, choices=[NO_ANSWER, *choices()], required=False)
        self.fields["consent"] = forms.BooleanField(
            label=_("I agree that these answers are counted. Only totals are shown, never small ones."), required=False
        )

    @property
    def consents(self) -> bool:
        return bool(self.cleaned_data.get("consent"))

    @property
    def answers(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "consent"}

    def first_error(self) -> str:
        return str(next(iter(self.errors.values()))[0])


class NewStatement(forms.Form):
    body = forms.CharField(
        label=_("Your statement"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "One thought, in your own words, that others can agree or disagree with. No names of private people."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of your statement"), choices=[(each.code, each.own_name) for each in LANGUAGES]
    )

    def __init__(self, *args: Any, conversation: Conversation, language: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = language
        self.fields["body"].widget.attrs["maxlength"] = conversation.longest

    @property
    def written(self) -> str:
        return " ".join(self.cleaned_data["body"].split())
