"""How an agenda begins, its heading, and the parts of its tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas import queries, trees
from kurak.commitments.agendas.declared import Kind, kinds
from kurak.commitments.agendas.models import Agenda, Level, Participation
from kurak.commitments.agendas.plainly import plain
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.places.queries import in_order
from kurak.instruments.catalogue.building.fields import NONE, TextsForm, set_or_drop, spread
from kurak.instruments.catalogue.texts import text_of

CONSENTS = {
    "ratification": _("ratification"), "accession": _("accession"), "succession": _("succession"),
    "acceptance": _("acceptance"), "approval": _("approval"),
}  # fmt: skip
CODE = r"^[a-z0-9][a-z0-9-]{0,59}$"
LATIN = {"dir": "ltr", "spellcheck": "false"}


def day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more
    )


def choices_of(places: Any) -> list[tuple[Any, str]]:
    language = get_language() or "en"
    return [NONE, *((each.pk, each.name(language)) for each in in_order(places, language))]


class Whose(forms.Form):
    """Where an agenda holds, and whose it is."""

    kind = forms.ChoiceField(label=_("Kind"))
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.NATIONAL)
    place: Any = forms.ModelChoiceField(
        label=_("Place"), queryset=None, help_text=_("Its analysts and coordinators may change the agenda.")
    )
    owner: Any = forms.ModelChoiceField(label=_("Organisation that it belongs to"), queryset=None, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, place, owner = (self.fields[name] for name in ("kind", "place", "owner"))
        kind.choices = [(each.code, str(each)) for each in kinds().values()]  # type: ignore[attr-defined]
        places = queries.places_for(person)
        place.queryset, place.choices = places, choices_of(places)  # type: ignore[attr-defined]
        owner.queryset = Organisation.objects.filter(place__in=places)  # type: ignore[attr-defined]
        owner.label_from_instance = lambda each: str(each.name.into(get_language() or "en"))  # type: ignore[attr-defined]


class Begin(Whose):
    title = forms.CharField(label=_("Title"), max_length=300)
    code = forms.RegexField(
        CODE, label=_("Code"), max_length=60, widget=forms.TextInput(LATIN),
        help_text=_("Small Latin letters, digits and hyphens. It is part of the address and stays."),
    )  # fmt: skip
    field_order = ("title", "code", "kind", "level", "place", "owner")


class Upload(Whose):
    """A file; what a table does not say itself is said here."""

    file = forms.FileField(label=_("YAML, JSON, CSV, XLSX or SDMX file"), help_text=_("At most five megabytes."))
    title = forms.CharField(label=_("Title"), max_length=300)
    code = forms.RegexField(
        CODE, label=_("Code"), max_length=60, widget=forms.TextInput(LATIN),
        help_text=_("Small Latin letters, digits and hyphens. It is part of the address and stays."),
    )  # fmt: skip
    columns = forms.CharField(
        label=_("Columns, one a line"), required=False, widget=forms.Textarea({**LATIN, "rows": 4, "class": "code"}),
        help_text=_("Only where the file calls them otherwise, such as: code = id, then title = text"),
    )  # fmt: skip
    group = forms.CharField(
        label=_("Column whose every value becomes a part at the top"), required=False, max_length=60
    )
    codelist = forms.CharField(label=_("Codelist, where an SDMX file has several"), required=False, max_length=60)
    field_order = ("file", "title", "code", "kind", "level", "place", "owner", "columns", "group", "codelist")

    def clean_columns(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["columns"].splitlines(), start=1):
            ours, equals, theirs = (each.strip() for each in line.partition("="))
            if line.strip() and not (ours and equals and theirs):
                raise forms.ValidationError(
                    _("Line %(number)d: write such as: title = text"), params={"number": number}, code="line"
                )
            if line.strip():
                found[ours] = theirs
        return found


class Heading(TextsForm):
    """What holds for an agenda as a whole."""

    texts = {"title": _("Title"), "summary": _("Summary")}
    long = frozenset({"summary"})
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    adopted = day(_("Adopted"))
    holds_from = day(_("Holds from"))
    holds_until = day(_("Holds until"))
    source = forms.CharField(label=_("Source"), required=False, max_length=300)
    url = forms.URLField(label=_("Address of the source"), required=False, max_length=500, assume_scheme="https")
    licence = forms.CharField(label=_("Licence"), required=False, max_length=60)
    checked = day(_("Compared with the source on"))
    verified = forms.BooleanField(label=_("These facts were compared with their source"), required=False)

    @classmethod
    def of(cls, agenda: Agenda, languages: list[str]) -> dict[str, Any]:
        texts = spread("title", plain(agenda.title), languages) | spread("summary", plain(agenda.summary), languages)
        return texts | {name: getattr(agenda, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.text("title"):
            self.add_error(f"title_{self.languages[0]}", _("Write the title in at least one language."))
        return cleaned

    def said(self, agenda: Agenda) -> dict[str, Any]:
        texts = {key: text_of(self.text(key, plain(getattr(agenda, key)))) for key in self.texts}
        return texts | {name: self.cleaned_data[name] for name in self.own}


class Add(forms.Form):
    """A new part of the tree."""

    title = forms.CharField(label=_("Title"), max_length=1000)
    code = forms.RegexField(
        r"^[\w.()+:-]{1,60}$", label=_("Code"), max_length=60, widget=forms.TextInput(LATIN),
        help_text=_("Letters, digits, points and hyphens, such as 1.2. It stays, whatever happens to the title."),
    )  # fmt: skip
    under = forms.ChoiceField(label=_("Inside"), required=False)

    def __init__(self, *args: Any, tree: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        under: Any = self.fields["under"]
        under.choices = [("", _("at the top")), *parents(tree)]


def parents(tree: Mapping[str, Any], *, without: str = "") -> list[tuple[str, str]]:
    """Parts that another may stand in: not in itself, nor in what is inside it."""
    everything = trees.placed(tree)
    barred = {without} if without else set()
    found = []
    for each in everything:
        if each.code in barred or each.parent in barred:
            barred.add(each.code)
            continue
        found.append((each.code, f"{'· ' * each.depth}{each.code} {short(each.node)}"))
    return found


def short(node: Mapping[str, Any]) -> str:
    title = text_of(node.get("title"))
    return str(title.into(get_language() or "en"))[:70] if title else ""


class Part(TextsForm):
    """One part of the tree: its texts, where it binds, what it leads to, and the facts of its kind."""

    texts = {"title": _("Title"), "text": _("Text")}
    long = frozenset({"text"})
    under = forms.ChoiceField(label=_("Inside"), required=False)
    place = forms.CharField(
        label=_("Code of the place where it binds, if narrower"), required=False, max_length=20,
        widget=forms.TextInput(LATIN),
    )  # fmt: skip
    holds_from = day(_("Holds from"))
    holds_until = day(_("Holds until"))
    verified = forms.BooleanField(label=_("These facts were compared with their source"), required=False)
    serves = forms.CharField(
        label=_("Serves"), required=False, max_length=2000, widget=forms.TextInput(LATIN),
        help_text=_("Parts of other agendas, with spaces between them, such as sdg/16.7 sdg/16.10"),
    )  # fmt: skip
    rests_on = forms.CharField(label=_("Rests on"), required=False, max_length=2000, widget=forms.TextInput(LATIN))
    localises = forms.CharField(
        label=_("Brings closer"), required=False, max_length=2000, widget=forms.TextInput(LATIN),
        help_text=_("A national target of a global one, a local one of a national one"),
    )  # fmt: skip
    same = forms.CharField(label=_("Says the same as"), required=False, max_length=2000, widget=forms.TextInput(LATIN))

    def __init__(self, *args: Any, kind: Kind, tree: Mapping[str, Any], code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        under: Any = self.fields["under"]
        under.choices = [("", _("at the top")), *parents(tree, without=code)]
        for fact in kind.facts:
            name = f"about_{fact.code}"
            if fact.type == "boolean":
                self.fields[name] = forms.BooleanField(label=str(fact), required=False)
            else:
                self.fields[name] = forms.CharField(label=str(fact), required=False, max_length=1000)
            self.own.append(name)

    @classmethod
    def of(cls, each: trees.Placed, kind: Kind, languages: list[str]) -> dict[str, Any]:
        node = each.node
        said: dict[str, Any] = spread("title", node.get("title"), languages)
        said |= spread("text", node.get("text"), languages)
        said |= {name: node.get(name) for name in ("place", "holds_from", "holds_until")}
        for key, relation in trees.RELATIONS.items():
            said[key] = " ".join(lead["to"] for lead in trees.leads(node) if lead["relation"] == relation)
        about = node.get("about") or {}
        facts = {f"about_{fact.code}": about.get(fact.code) for fact in kind.facts}
        return said | facts | {"under": each.parent, "verified": node.get("verified", True) is not False}

    def clean_place(self) -> str:
        code = self.cleaned_data["place"].strip()
        place = Place.objects.filter(code__iexact=code).first() if code else None
        if code and place is None:
            raise forms.ValidationError(_("There is no place of this code. The list of places shows them all."))
        return place.code if place else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.text("title"):
            self.add_error(f"title_{self.languages[0]}", _("Write the title in at least one language."))
        return cleaned

    def change(self, node: trees.Node) -> None:
        """What was filled in, into the node; what no field shows stays."""
        said = self.cleaned_data
        for key in self.texts:
            set_or_drop(node, key, self.text(key, node.get(key)))
        set_or_drop(node, "place", said["place"])
        for name in ("holds_from", "holds_until"):
            set_or_drop(node, name, said[name].isoformat() if said[name] else None)
        set_or_drop(node, "verified", None if said["verified"] else False)
        if not said["verified"]:
            node["verified"] = False
        for key in trees.RELATIONS:
            set_or_drop(node, key, _leads(said[key].split(), node.get(key)))
        about = dict(node.get("about") or {})
        for fact in self.kind.facts:
            value = said[f"about_{fact.code}"]
            set_or_drop(about, fact.code, (value or None) if fact.type == "boolean" else value)
        set_or_drop(node, "about", about)


def _leads(refs: list[str], before: Any) -> list[Any]:
    """References as they were typed; one that had a note keeps it."""
    kept = {str(each.get("to")): each for each in before or [] if isinstance(each, Mapping)}
    return [kept.get(ref, ref) for ref in refs]


class Publish(forms.Form):
    note = forms.CharField(label=_("What changed, and why"), max_length=500, required=False)
    label = forms.CharField(label=_("Name of the version, such as a year"), max_length=60, required=False)
    dated = day(_("The first day on which it holds"))


class CommitmentsFile(forms.Form):
    file = forms.FileField(
        label=_("Commitments as CSV or XLSX"),
        help_text=_("Columns: code, title, provisions, owner_name, starts, deadline, status, source, url"),
    )


class PartyForm(forms.Form):
    """One state's part in an agenda. Without a status nothing is said of it."""

    status = forms.ChoiceField(label=_("Part"), required=False, choices=[NONE, *Participation.Status.choices])
    signed_on = day(_("Signed"))
    consent = forms.ChoiceField(
        label=_("By"), required=False, choices=[NONE, *((code, word) for code, word in CONSENTS.items())]
    )
    consented_on = day(_("Bound since"))
    consented_year = forms.IntegerField(label=_("or only the year"), required=False, min_value=1800, max_value=2200)
    as_of = day(_("Known until"))
    source = forms.CharField(label=_("Source"), required=False, max_length=300)
    verified = forms.BooleanField(label=_("Compared with the source"), required=False)

    def __init__(self, data: Any = None, *, place: Place, **kwargs: Any) -> None:
        super().__init__(data, prefix=place.code, **kwargs)
        self.place = place

    @classmethod
    def of(cls, kept: Participation | None) -> dict[str, Any]:
        return {name: getattr(kept, name) for name in cls.base_fields} if kept else {"verified": True}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = any(cleaned.get(name) for name in ("signed_on", "consent", "consented_on", "consented_year", "source"))
        if said and not cleaned.get("status"):
            self.add_error("status", _("Choose one, or empty the whole row."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        plain = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return plain | {"place": self.place.code, "verified": self.cleaned_data["verified"]}
