"""Forms of accounts. First whose account it is and on which scale, then the rest: the steps depend on the scale."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.accounts import rules
from kurak.commitments.accounts.actions import LONGEST, Said
from kurak.commitments.accounts.models import Account, Grader
from kurak.commitments.accounts.scales.files import Scale, scales, scales_for
from kurak.commitments.accounts.things import Thing
from kurak.commitments.agendas.models import Agenda
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place

# The scale that a kind of agenda brings along; elsewhere the five steps are offered first.
USUAL = {"ogp": "ogp-completion", "upr": "upr-info"}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SPOKEN = [(each.code, each.own_name) for each in LANGUAGES]


def here() -> str:
    return get_language() or "en"


def voices(person: Any, about: Thing) -> list[tuple[str, str]]:
    """In whose name this person may give an account of this thing: (code, words)."""
    found = []
    for organisation in rules.organisations_of(person):
        for grader in Grader.values:
            if rules.may_speak(person, grader, organisation, about.place):
                label = f"{organisation.name.into(here())} – {Grader(grader).label}"
                found.append((f"{grader}:{organisation.slug}", label))
    if rules.may_report(person, about.place):
        for grader in Grader.values:
            if grader != Grader.RESIDENTS:
                found.append((f"{grader}:", str(_("From a published document: %s") % Grader(grader).label)))
    if rules.is_known(person):
        found.append((f"{Grader.RESIDENTS}:", str(_("Myself, as a resident"))))
    return found


class VoiceForm(forms.Form):
    """Whose account, on which scale."""

    voice = forms.ChoiceField(label=_("Whose account it is"), widget=forms.RadioSelect)
    scale = forms.ChoiceField(
        label=_("Scale"), required=False,
        help_text=_("Take the one that the party itself uses. If it uses none, take the five steps."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Any, about: Thing, **kwargs: Any) -> None:
        kwargs["initial"] = {"scale": USUAL.get(about.agenda.kind, "five-step")}
        super().__init__(*args, **kwargs)
        voice: Any = self.fields["voice"]
        voice.choices = voices(person, about)
        scale: Any = self.fields["scale"]
        scale.choices = [("", "–"), *((each.code, each.title.into(here())) for each in scales().values())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        grader = cleaned.get("voice", "").partition(":")[0]
        if grader == Grader.RESIDENTS:
            cleaned["scale"] = "seen-by-residents"
        elif grader and cleaned.get("scale") not in {each.code for each in scales_for(grader)}:
            allowed = ", ".join(str(each.title.into(here())) for each in scales_for(grader))
            self.add_error("scale", _("Choose a scale for this kind of grader: %s.") % allowed)
        return cleaned

    @property
    def grader(self) -> str:
        return self.cleaned_data["voice"].partition(":")[0]

    @property
    def words(self) -> str:
        """Whose account it is, as it was offered."""
        offered: Any = self.fields["voice"]
        return str(dict(offered.choices)[self.cleaned_data["voice"]])

    @property
    def organisation(self) -> Organisation | None:
        slug = self.cleaned_data["voice"].partition(":")[2]
        return Organisation.objects.select_related("place").filter(slug=slug).first() if slug else None

    @property
    def chosen_scale(self) -> Scale:
        return scales()[self.cleaned_data["scale"]]


class AccountForm(forms.Form):
    """What the account says. Fields that its grader has no use for are left out."""

    said_by = forms.CharField(
        label=_("Who says it"),
        max_length=200,
        help_text=_("The ministry, committee or author, as the document names it."),
    )
    start = forms.DateField(label=_("Period: first day"), widget=DAY)
    end = forms.DateField(label=_("Period: last day"), widget=DAY)
    value = forms.CharField(label=_("Where it stands"), required=False)
    confidence = forms.ChoiceField(
        label=_("How sure it is"), choices=Account.Confidence.choices, initial=Account.Confidence.MEDIUM,
        help_text=_("High: seen in documents or on the spot. Medium: told by several. Low: a first impression."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("What is done, and what is not"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("Facts, with where they can be seen. No names of anybody who could be harmed."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of this text"), choices=SPOKEN)

    def __init__(self, *args: Any, scale: Scale, grader: str, first_hand: bool, **kwargs: Any) -> None:
        last = timezone.now().year - 1
        usual = {"start": dt.date(last, 1, 1), "end": dt.date(last, 12, 31), "language": here()}
        kwargs["initial"] = usual | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.scale = scale
        self.fields["value"] = value_field(scale)
        if first_hand:
            del self.fields["said_by"]
        if grader == Grader.RESIDENTS:
            for name in ("body", "language", "confidence"):
                del self.fields[name]

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        body = (given.get("body") or "").strip()
        return Said(
            start=given["start"], end=given["end"], scale=self.scale.code, value=given["value"],
            confidence=given.get("confidence") or Account.Confidence.MEDIUM,
            text=Text(given["language"], body) if body else None, said_by=given.get("said_by") or "",
        )  # fmt: skip

    @staticmethod
    def of(account: Account) -> dict[str, Any]:
        """What stands in an account, as the form begins with."""
        text = account.text
        return {
            "said_by": account.said_by, "start": account.start, "end": account.end, "value": account.value,
            "confidence": account.confidence, "body": text.body if text else "",
            "language": text.language if text else here(),
        }  # fmt: skip


def value_field(scale: Scale) -> forms.Field:
    if scale.is_number:
        return forms.CharField(
            label=_("Where it stands, in per cent"), required=False, max_length=10,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
            help_text=_("A number from 0 to 100; empty means no information."),
        )  # fmt: skip
    choices = []
    for step in scale.steps:
        about = f": {step.about.into(here())}" if step.about else ""
        choices.append((step.code, f"{step.title.into(here())}{about}"))
    nothing = [("", _("No information"))]
    return forms.ChoiceField(
        label=_("Where it stands"), required=False, choices=[*choices, *nothing], widget=forms.RadioSelect
    )


class EvidenceForm(forms.Form):
    """A link, a file, or the number of a figure on this platform."""

    title = forms.CharField(label=_("What it is"), max_length=300, required=False)
    page = forms.CharField(label=_("Page or paragraph"), max_length=60, required=False)
    url = forms.CharField(
        label=_("Web address"), max_length=500, required=False, widget=forms.URLInput(attrs={"dir": "ltr"})
    )
    copy_url = forms.CharField(
        label=_("Its copy in a web archive"), max_length=500, required=False,
        widget=forms.URLInput(attrs={"dir": "ltr"}), help_text=_("Pages disappear. An archive keeps them."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("PDF, PNG, JPEG, DOCX, XLSX, ODT or plain text, up to 4 MB.")
    )
    figure = forms.IntegerField(
        label=_("Or a figure of this platform"), required=False, min_value=1,
        help_text=_("Its number, as in the address of its page: /figures/123/."),
    )  # fmt: skip
    public = forms.BooleanField(
        label=_("Everybody may open the file once the account is approved"), required=False,
        help_text=_("Otherwise only its hash and page are shown, so that it can be compared and not read."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("url", "file", "figure")) and not self.errors:
            raise forms.ValidationError(_("Give a web address, a file or the number of a figure."))
        return cleaned


class WordsForm(forms.Form):
    """A question or a reply, in the name of an organisation."""

    organisation: Any = forms.ModelChoiceField(
        label=_("In the name of"), queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None
    )
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}), max_length=10_000)
    language = forms.ChoiceField(label=_("Language of this text"), choices=SPOKEN)

    def __init__(self, *args: Any, organisations: Any, required: bool = True, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": here(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if not organisations and not required:
            del self.fields["organisation"]
            return
        field: Any = self.fields["organisation"]
        field.required = required
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in organisations])
        field.label_from_instance = lambda each: str(each.name.into(here()))

    @property
    def text(self) -> Text:
        return Text(self.cleaned_data["language"], self.cleaned_data["body"].strip())


class GapsForm(forms.Form):
    """Which part of the list of gaps."""

    agenda: Any = forms.ModelChoiceField(
        label=_("Agenda"), queryset=Agenda.objects.none(), required=False, to_field_name="code", empty_label=_("All")
    )
    place: Any = forms.ModelChoiceField(
        label=_("Place"), queryset=Place.objects.none(), required=False, to_field_name="code", empty_label=_("All")
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=[("", _("Widest gap first")), ("state", _("Lowest by the state")),
                 ("civil", _("Lowest by civil society")), ("code", _("As in the agenda"))],
    )  # fmt: skip
    flagged = forms.BooleanField(label=_("Only gaps of half the ladder or more"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agenda: Any = self.fields["agenda"]
        told = Q(commitments__accounts__isnull=False) | Q(provisions__accounts__isnull=False)
        told |= Q(code=self.data.get("agenda", ""))
        agenda.queryset = Agenda.objects.exclude(status=Agenda.Status.DRAFT).filter(told).distinct()
        agenda.label_from_instance = lambda each: str(each.title.into(here()))
        place: Any = self.fields["place"]
        place.queryset = Place.objects.filter(Q(kind=Place.Kind.COUNTRY) | Q(code=self.data.get("place", "")))
        place.label_from_instance = lambda each: each.name(here())
