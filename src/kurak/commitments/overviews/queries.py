"""What a country promised, where accounts of it differ, what is due; a theme across agendas; the region compared."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from kurak.commitments.accounts.queries import (
    Differing,
    about_agenda,
    differing,
    gap_of,
    gaps,
    published,
    sums_of,
)
from kurak.commitments.accounts.summing import Gap
from kurak.commitments.agendas.declared import Status, kind_called
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Participation, Provision
from kurak.commitments.agendas.queries import commitments, commitments_of
from kurak.commitments.agendas.queries import published as published_agendas
from kurak.commitments.calendar.queries import Day, days, today
from kurak.commitments.shadow.models import FrozenReport
from kurak.commitments.shadow.queries import published as published_reports
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, in_order
from kurak.ground.themes.models import Theme

WIDEST = 5  # gaps that a page of a country names
NEXT = 5  # days that it names
GOALS = "sdg"  # code of the agenda whose goals are themes


@dataclass(frozen=True, slots=True)
class Tally:
    """Commitments by what their status says. kept: ended with the whole promise kept; unknown: the status says
    nothing."""

    n: int
    kept: int
    open: int
    ended: int  # otherwise than kept
    unknown: int
    late: int  # open, and their day has passed

    @property
    def share(self) -> float | None:
        """Of those that are known, how many were kept."""
        known = self.n - self.unknown
        return self.kept / known if known else None


def tally(rows: Iterable[Commitment], on: dt.date | None = None) -> Tally:
    day = on or today()
    counts: Counter[str] = Counter()
    for each in rows:
        status = kind_called(each.agenda.kind).status(each.status)
        counts["n"] += 1
        counts[_sort_of(status)] += 1
        counts["late"] += not status.closed and each.deadline is not None and each.deadline < day
    return Tally(counts["n"], counts["kept"], counts["open"], counts["ended"], counts["unknown"], counts["late"])


def _sort_of(status: Status) -> str:
    if status.closed:
        return "kept" if status.share == 1 else "ended"
    return "unknown" if status.share is None else "open"


@dataclass(frozen=True, slots=True)
class Promised:
    """A country's page."""

    place: Place
    agendas: list[tuple[Agenda, Tally]]  # its own, and those that commitments here were made to
    tally: Tally
    treaties: int  # party to so many
    signed: int  # signed only
    gaps: list[Differing]  # widest first
    due: list[Day]
    reports: list[FrozenReport]


def promised(place: Place) -> Promised:
    rows = list(commitments_of(place))
    made_to: dict[int, list[Commitment]] = {}
    for each in rows:
        made_to.setdefault(each.agenda_id, []).append(each)
    here = [each.pk for each in place.descendants(include_self=True)]
    agendas = published_agendas().filter(Q(pk__in=made_to) | Q(place__in=here)).order_by("code")
    status = Counter(participations().filter(place=place).values_list("status", flat=True))
    found = [each for each in gaps(place=place) if each.gap.value is not None]
    reports = [each for each in published_reports() if each.report.place_id in here]
    return Promised(
        place, [(each, tally(made_to.get(each.pk, []))) for each in agendas], tally(rows),
        status[Participation.Status.PARTY], status[Participation.Status.SIGNATORY], found[:WIDEST],
        days(place=place, since=today())[:NEXT], reports,
    )  # fmt: skip


def participations() -> QuerySet[Participation]:
    """In conventions that everybody may read, as far as they were compared with the depositary."""
    return Participation.objects.filter(verified=True).exclude(agenda__status=Agenda.Status.DRAFT)


@dataclass(frozen=True, slots=True)
class Strand:
    """What one agenda says of a theme."""

    agenda: Agenda
    parts: list[Provision]
    commitments: list[Commitment]


def strands(theme: Theme) -> list[Strand]:
    """The theme across agendas: the parts that are declared to be of it, what is inside them, and what leads there."""
    own = _roots(theme)
    inside_them = _with_branches(own)
    near = _linked(inside_them)
    parts = Provision.objects.filter(pk__in={*inside_them, *near}, ended=False)
    shown = parts.exclude(agenda__status=Agenda.Status.DRAFT).select_related("agenda__place").order_by("position")
    made = commitments().filter(provisions__in=[each.pk for each in shown]).distinct()
    by_agenda: dict[int, Strand] = {}
    for part in shown:
        by_agenda.setdefault(part.agenda_id, Strand(part.agenda, [], [])).parts.append(part)
    for each in made:
        by_agenda.setdefault(each.agenda_id, Strand(each.agenda, [], [])).commitments.append(each)
    return sorted(by_agenda.values(), key=lambda strand: (strand.agenda.level != "regional", strand.agenda.code))


def _roots(theme: Theme) -> set[int]:
    """A priority: parts whose facts name it. A goal: the goal of that number."""
    if theme.kind == Theme.Kind.GOAL:
        rows = Provision.objects.filter(agenda__code=GOALS, code=str(theme.number))
        return set(rows.values_list("pk", flat=True))
    rows = Provision.objects.filter(about__theme=theme.code)
    return set(rows.values_list("pk", flat=True))


def _with_branches(roots: set[int]) -> set[int]:
    """Level by level, until nothing is inside."""
    found, level = set(roots), set(roots)
    while level:
        level = set(Provision.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


def _linked(parts: set[int]) -> set[int]:
    """What leads to them, and where they lead, one link away: further on everything leads everywhere."""
    there = Crosswalk.objects.filter(Q(start__in=parts) | Q(end__in=parts))
    return {pk for pair in there.values_list("start", "end") for pk in pair} - parts


def gaps_of(found: Sequence[Strand]) -> list[Differing]:
    """Where accounts of these parts and commitments differ, widest first."""
    parts = [each.pk for strand in found for each in strand.parts]
    made = [each.pk for strand in found for each in strand.commitments]
    rows = published().filter(Q(provision__in=parts) | Q(commitment__in=made))
    return [each for each in differing(rows) if each.gap.value is not None]


@dataclass(frozen=True, slots=True)
class Compared:
    """One country of the region. middle: median gap, state minus civil society; part: its part in the agenda, where
    states have parts."""

    place: Place
    tally: Tally
    compared: int  # things on which both accounts can be compared
    middle: float | None
    wide: int
    treaties: int
    part: Participation | None


def region(agenda: Agenda | None = None) -> list[Compared]:
    """The countries side by side, over one agenda or over all of them."""
    shown = in_order(countries(), get_language() or "en")
    home = {pk: each.pk for each in shown for pk in each.descendants(include_self=True).values_list("pk", flat=True)}
    rows, said = commitments().filter(place__in=home), published().filter(place__in=home)
    if agenda is not None:
        rows, said = rows.filter(agenda=agenda), said.filter(about_agenda(agenda))
    made: dict[int, list[Commitment]] = defaultdict(list)
    for row in rows.select_related(None).select_related("agenda").only("status", "deadline", "place", "agenda__kind"):
        made[home[row.place_id]].append(row)
    apart: dict[int, list[Gap]] = defaultdict(list)
    for (_commitment, _provision, place), totals in sums_of(said).items():
        if (found := gap_of(totals)).value is not None:
            apart[home[place]].append(found)
    parts = {each.place_id: each for each in agenda.participations.all()} if agenda else {}
    party = Counter(participations().filter(status=Participation.Status.PARTY).values_list("place", flat=True))
    return [
        Compared(
            each, tally(made[each.pk]), len(apart[each.pk]), middle_of(apart[each.pk]),
            sum(found.flagged for found in apart[each.pk]), party[each.pk], parts.get(each.pk),
        )
        for each in shown
    ]  # fmt: skip


def middle_of(apart: Sequence[Gap]) -> float | None:
    return median(each.value for each in apart if each.value is not None) if apart else None
