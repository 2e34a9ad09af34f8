"""What can be asked about accounts: what stands on one thing, where accounts differ most, what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kurak.commitments.accounts import rules
from kurak.commitments.accounts.models import Account, Evidence, Grader, Question
from kurak.commitments.accounts.scales.files import scales
from kurak.commitments.accounts.summing import Gap, Sum, gap, summed
from kurak.commitments.accounts.things import Thing
from kurak.commitments.agendas.models import Agenda, Commitment, Provision
from kurak.ground.people.models import Organisation, Person
from kurak.ground.people.queries import coordinated
from kurak.ground.places.models import Place
from kurak.ground.safety import releases
from kurak.ground.safety.counts import Guarded
from kurak.ground.trail.kinds import LARGEST

Status = Account.Status
THINGS = ("commitment__agenda", "provision__agenda", "place")
SUMMED = ("pk", "commitment_id", "provision_id", "place_id", "grader", "organisation_id", "said_by", "scale", "ladder",
          "start", "end", "published_at")  # fmt: skip
IN_DRAFT = Q(commitment__agenda__status=Agenda.Status.DRAFT) | Q(provision__agenda__status=Agenda.Status.DRAFT)


def with_names(rows: QuerySet[Account] | None = None) -> QuerySet[Account]:
    found = Account.objects.all() if rows is None else rows
    return found.select_related(*THINGS, "organisation")


def current() -> QuerySet[Account]:
    """Approved, and not replaced by a later one. A replacement that was withdrawn brings the older one not back."""
    found = with_names().filter(status=Status.APPROVED).exclude(replaced_by__published_at__isnull=False)
    return found.exclude(IN_DRAFT)


def published() -> QuerySet[Account]:
    """What everybody may read, one by one; residents' answers are shown as a sum only."""
    return current().exclude(grader=Grader.RESIDENTS)


def of_thing(thing: Thing) -> QuerySet[Account]:
    found = published().filter(**thing.fields)
    return found.prefetch_related("evidence__measure__source", "evidence__measure__quantity", "replies__organisation")


def about_agenda(agenda: Agenda) -> Q:
    return Q(commitment__agenda=agenda) | Q(provision__agenda=agenda)


def inside(place: Place) -> Q:
    return Q(place__in=list(place.descendants(include_self=True).values_list("pk", flat=True)))


def account_for(person: Any, pk: int) -> Account:
    """The account, if this person may see it; for everybody else there is none."""
    account = get_object_or_404(with_names(), pk=pk if pk <= LARGEST else 0)
    if not rules.may_see(person, account):
        return get_object_or_404(Account.objects.none())
    return account


def evidence_called(pk: int) -> Evidence | None:
    related = (f"account__{each}" for each in (*THINGS, "organisation"))
    return Evidence.objects.select_related(*related).filter(pk=pk if pk <= LARGEST else 0).first()


def questions_of(thing: Thing) -> QuerySet[Question]:
    """Released; one that was taken back stays where it was answered, without its words."""
    found = Question.objects.filter(**thing.fields, published_at__isnull=False)
    answered = found.filter(Q(withdrawn_at=None) | Q(replies__isnull=False)).distinct()
    return answered.select_related("organisation").prefetch_related("replies__organisation")


def withdrawn_but_answered(thing: Thing) -> QuerySet[Account]:
    """Accounts that were taken back after somebody had answered them: the answers are still heard."""
    found = with_names().filter(**thing.fields, status=Status.WITHDRAWN, replies__isnull=False).distinct()
    return found.exclude(grader=Grader.RESIDENTS).prefetch_related("replies__organisation")


@dataclass(frozen=True, slots=True)
class Residents:
    """What residents said, guarded: below five nothing is shown."""

    n: Guarded
    steps: tuple[tuple[str, Guarded], ...]


def residents_of(thing: Thing) -> Residents | None:
    """Counts by step over the newest period; None where nobody answered."""
    answers = list(current().filter(**thing.fields, grader=Grader.RESIDENTS).order_by("-end"))
    if not answers:
        return None
    scale = scales()["seen-by-residents"]
    counts: dict[Hashable, int] = {step.code: 0 for step in scale.steps}
    for each in answers:
        if each.end >= answers[0].start and each.value in counts:
            counts[each.value] += 1
    question = f"account:{thing.word}:{thing.it.pk}:{thing.place.pk}:{answers[0].end.year}"
    table = releases.published(question, counts)
    return Residents(table.total, tuple((str(code), table[code]) for code in counts))


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing with the sums of every kind of grader, and the gap."""

    thing: Thing
    sums: dict[str, Sum]
    gap: Gap

    def sum_of(self, grader: str) -> Sum | None:
        return self.sums.get(grader)


def differing(accounts: QuerySet[Account]) -> list[Differing]:
    """Every thing that these accounts are about, the widest gaps first, what cannot be compared last."""
    sums = sums_of(accounts)
    things = _things(sums)
    found = [Differing(things[key], totals, gap_of(totals)) for key, totals in sums.items()]
    return sorted(found, key=_widest_first)


def sums_of(accounts: QuerySet[Account]) -> dict[_Key, dict[str, Sum]]:
    """What each kind of grader says of each thing. Thousands of rows: no more is read than is summed."""
    by_thing: dict[_Key, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in accounts.select_related(None).values_list(*SUMMED, named=True):
        by_thing[row.commitment_id, row.provision_id, row.place_id][row.grader].append(row)
    return {
        key: {grader: total for grader, rows in by_grader.items() if (total := summed(rows)) is not None}
        for key, by_grader in by_thing.items()
    }


def gap_of(totals: Mapping[str, Sum]) -> Gap:
    return gap(totals.get(Grader.STATE), totals.get(Grader.CIVIL))


type _Key = tuple[int | None, int | None, int]


def _things(keys: Iterable[_Key]) -> dict[_Key, Thing]:
    """Each row once, however many accounts are about it."""
    keys = list(keys)
    promised = Commitment.objects.defer("text", "folded").in_bulk({key[0] for key in keys if key[0] is not None})
    parts = Provision.objects.defer("text", "folded").in_bulk({key[1] for key in keys if key[1] is not None})
    places = Place.objects.in_bulk({key[2] for key in keys})
    rows: list[Commitment | Provision] = [*promised.values(), *parts.values()]
    agendas = Agenda.objects.select_related("place").in_bulk({each.agenda_id for each in rows})
    for each in rows:
        each.agenda = agendas[each.agenda_id]
    found: dict[_Key, Thing] = {}
    for key in keys:
        it = promised[key[0]] if key[0] is not None else parts[key[1] or 0]
        found[key] = Thing(it, places[key[2]])
    return found


def _widest_first(row: Differing) -> tuple[bool, float, str, str, str]:
    width = -abs(row.gap.value) if row.gap.value is not None else 0.0
    return (row.gap.value is None, width, row.thing.agenda.code, row.thing.code, row.thing.place.code)


def gaps(*, agenda: Agenda | None = None, place: Place | None = None) -> list[Differing]:
    """Where accounts differ, over an agenda, a place with everything inside it, or all of it."""
    found = published()
    if agenda is not None:
        found = found.filter(about_agenda(agenda))
    if place is not None:
        found = found.filter(inside(place))
    return differing(found)


def mine(person: Person) -> QuerySet[Account]:
    """What this person wrote, or their organisations say with their own mouth."""
    own = Q(written_by=person) | Q(first_hand=True, organisation__in=rules.organisations_of(person))
    return with_names().filter(own).order_by("-since", "-pk")


def waiting_for(person: Person) -> QuerySet[Account]:
    """Handed in, longest first, at the places that this person coordinates."""
    return with_names().filter(status=Status.PENDING, place__in=judged_by(person)).order_by("since", "pk")


def judged_by(person: Person) -> list[int]:
    """Places that this person coordinates without a seat of an authority there (rules.may_judge): what waits is shown
    to nobody who answers it."""
    seats = rules.organisations_of(person).filter(kind=Organisation.Kind.AUTHORITY)
    own = {pk for each in seats for pk in each.place.descendants(include_self=True).values_list("pk", flat=True)}
    return [each.pk for each in coordinated(person) if each.pk not in own]


def questions_waiting_for(person: Person) -> QuerySet[Question]:
    found = Question.objects.filter(published_at=None, withdrawn_at=None, place__in=judged_by(person))
    return found.select_related(*THINGS, "organisation").order_by("asked_at", "pk")


def to_release(person: Person) -> list[Account]:
    """Words of an authority that wait for its second officer."""
    officer = rules.organisations_of(person).filter(memberships__person=person, memberships__officer=True)
    found = with_names().filter(status=Status.PENDING, first_hand=True, organisation__in=officer)
    return [each for each in found if rules.may_approve(person, each)]


def unanswered(person: Person) -> tuple[list[Account], list[Question]]:
    """What waits for an authority's word: accounts and questions about its places that none of its members has
    answered, newest first."""
    seats = [each for each in rules.organisations_of(person) if each.kind == Organisation.Kind.AUTHORITY]
    if not seats:
        return [], []
    places: set[int] = set()
    for each in seats:
        places.update(each.place.descendants(include_self=True).values_list("pk", flat=True))
    accounts = (
        published().filter(place__in=places).exclude(grader=Grader.STATE).exclude(replies__organisation__in=seats)
    )
    questions = Question.objects.filter(place__in=places, published_at__isnull=False, withdrawn_at=None)
    questions = (
        questions.exclude(IN_DRAFT).exclude(replies__organisation__in=seats).select_related(*THINGS, "organisation")
    )
    return list(accounts.order_by("-published_at")[:50]), list(questions.order_by("-published_at")[:50])
