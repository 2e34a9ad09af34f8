"""What can be asked of agendas, their provisions and commitments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kurak.commitments.agendas import rules
from kurak.commitments.agendas.declared import kind_called
from kurak.commitments.agendas.models import Agenda, Commitment, Participation, Provision, Step, Version
from kurak.ground.errors import Missing
from kurak.ground.languages.searching import holding
from kurak.ground.people.models import Person
from kurak.ground.people.rules import Role
from kurak.ground.places.models import Place

MOST_STATES = 200
MOST_DUE = 60


def published() -> QuerySet[Agenda]:
    """Agendas that anybody may read: in force, or retired and kept."""
    return Agenda.objects.exclude(status=Agenda.Status.DRAFT).select_related("place", "owner")


def agenda_called(code: str, *, person: Any = None) -> Agenda:
    """An agenda that this reader may see."""
    agenda = Agenda.objects.select_related("place", "owner").filter(code=code).first()
    if agenda is None or not rules.may_see(person, agenda):
        raise Missing("agenda.missing", _("There is no such agenda. The list of agendas shows them all."), asked=code)
    return agenda


def found(*, kind: str = "", level: str = "", place: Place | None = None, words: str = "") -> QuerySet[Agenda]:
    """Published agendas of this kind and level, of this place or around it, with these words."""
    agendas = published()
    asked = {"kind": kind, "level": level}
    agendas = agendas.filter(**{field: value for field, value in asked.items() if value})
    if place is not None:
        around = [each.pk for each in place.ancestors(include_self=True)]
        inside = [each.pk for each in place.descendants()]
        agendas = agendas.filter(place__in=[*around, *inside])
    return holding(agendas, words)


def counted(agendas: QuerySet[Agenda]) -> QuerySet[Agenda]:
    """With how many parts and commitments each has."""
    return agendas.annotate(
        parts=_many(Provision.objects.filter(ended=False)), promised=_many(Commitment.objects.filter(withdrawn=False))
    )


def _many(rows: QuerySet[Any]) -> Coalesce:
    """Each kind counted by itself: joined, a thousand parts times a thousand commitments are a million rows."""
    of_agenda = rows.filter(agenda=OuterRef("pk")).order_by().values("agenda").annotate(many=Count("pk"))
    return Coalesce(Subquery(of_agenda.values("many")), 0)


def provisions_of(agenda: Agenda, *, ended: bool = False) -> QuerySet[Provision]:
    """The tree in its order; without what newer versions have ended."""
    rows = agenda.provisions.select_related("parent", "place")
    return rows if ended else rows.filter(ended=False)


def provision_called(agenda: Agenda, code: str) -> Provision:
    provision = agenda.provisions.select_related("parent", "place", "agenda__place").filter(code=code).first()
    if provision is None:
        raise Missing(
            "provision.missing", _("There is no such part in this agenda. Its page shows them all."), asked=code
        )
    return provision


def commitments() -> QuerySet[Commitment]:
    """Every commitment that anybody may read."""
    shown = Commitment.objects.exclude(agenda__status=Agenda.Status.DRAFT).filter(withdrawn=False)
    return shown.select_related("agenda", "place", "owner")


def commitments_of(thing: Agenda | Provision | Place) -> QuerySet[Commitment]:
    """Of an agenda; to a provision or to what is inside it; at a place or inside it."""
    rows = commitments()
    if isinstance(thing, Agenda):
        rows = Commitment.objects.filter(agenda=thing, withdrawn=False).select_related("agenda", "place", "owner")
        return rows.prefetch_related("provisions")
    if isinstance(thing, Provision):
        return rows.filter(provisions__in=branch_of(thing)).distinct()
    return rows.filter(place__in=[each.pk for each in thing.descendants(include_self=True)])


def branch_of(provision: Provision) -> list[int]:
    """The numbers of a provision and of everything inside it."""
    parents = dict(Provision.objects.filter(agenda=provision.agenda_id).order_by("depth").values_list("pk", "parent"))
    inside = {provision.pk}
    for pk, parent in parents.items():  # by depth: a parent comes before its parts
        if parent in inside:
            inside.add(pk)
    return list(inside)


def commitment_called(agenda: Agenda, code: str) -> Commitment:
    commitment = agenda.commitments.select_related("agenda__place", "place", "owner").filter(code=code).first()
    if commitment is None:
        raise Missing(
            "commitment.missing", _("There is no such commitment in this agenda. Its page shows them all."), asked=code
        )
    return commitment


COMPARED = (
    "title", "text", "provisions", "level", "place", "owner", "owner_name", "partners", "starts", "deadline", "status",
    "status_since", "status_why", "source", "url", "verified", "withdrawn",
)  # fmt: skip


def states_of(commitment: Commitment) -> QuerySet[Any]:
    """Everything that a commitment ever said, newest first."""
    rows: Any = commitment.history
    return rows.select_related("place", "owner").order_by("-history_id")[:MOST_STATES]


def differences(before: Any, after: Any) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of two states of a commitment."""
    pairs = [(name, _state(before, name), _state(after, name)) for name in COMPARED]
    return [(name, was, now) for name, was, now in pairs if was != now]


def _state(state: Any, name: str) -> Any:
    if name == "provisions":
        rows = state.provisions.select_related("provision__agenda")
        return sorted(str(row.provision) for row in rows)
    if name == "partners":
        return sorted(str(row.organisation) for row in state.partners.select_related("organisation"))
    return getattr(state, name)


def steps_of(commitment: Commitment) -> QuerySet[Step]:
    return commitment.steps.prefetch_related("commitments__agenda")


def versions_of(agenda: Agenda) -> QuerySet[Version]:
    """What was published of it, newest first, without the documents."""
    return agenda.versions.filter(status=Version.Status.PUBLISHED).defer("document")


def version_called(agenda: Agenda, number: Any) -> Version:
    version = None
    if str(number).isascii() and str(number).isdigit() and len(str(number)) < 6:
        version = agenda.versions.filter(status=Version.Status.PUBLISHED, number=int(number)).first()
    if version is None:
        raise Missing("version.missing", _("There is no such version. The agenda's page lists them."), asked=number)
    return version


def newest_of(agenda: Agenda) -> Version | None:
    """The newest published version, with its document."""
    return agenda.versions.filter(status=Version.Status.PUBLISHED).order_by("-number").first()


def draft_of(agenda: Agenda) -> Version | None:
    return agenda.versions.filter(status=Version.Status.DRAFT).select_related("made_by").first()


def places_for(person: Person) -> QuerySet[Place]:
    """Where the person keeps agendas and commitments."""
    granted = Place.objects.filter(grants__person=person, grants__role__in=(Role.ANALYST, Role.COORDINATOR))
    inside = {each.pk for place in granted.distinct() for each in place.descendants(include_self=True)}
    return Place.objects.filter(pk__in=inside)


def kept_by(person: Person) -> QuerySet[Agenda]:
    """Agendas that the person may edit, drafts too."""
    mine = Q(place__in=places_for(person))
    mine |= Q(owner__memberships__person=person, owner__memberships__officer=True)
    return Agenda.objects.filter(mine, shipped=False).select_related("place", "owner").distinct()


def participations_of(agenda: Agenda) -> QuerySet[Participation]:
    return agenda.participations.select_related("place")


def due(*, after: dt.date) -> list[Commitment]:
    """Open commitments by their day, the next one first."""
    rows = commitments().filter(deadline__gte=after).order_by("deadline", "pk")[:MOST_DUE]
    return [each for each in rows if not kind_called(each.agenda.kind).status(each.status).closed]
