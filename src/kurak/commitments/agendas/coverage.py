"""Which parts of an agenda no level below has taken up, country by country; and for which groups of people no data
exist.

A part is taken up where a part of another agenda brings it closer or serves it (by way of others, too), or where
somebody has made a commitment to it. Data are told by whoever keeps them (`tell_of_data`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language

from kurak.commitments.agendas import queries
from kurak.commitments.agendas.declared import Group, groups
from kurak.commitments.agendas.models import Agenda, Crosswalk, Level, Provision
from kurak.commitments.agendas.patches import leaves
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, in_order

ORDER = [Level.GLOBAL, Level.REGIONAL, Level.NATIONAL, Level.LOCAL]
CLOSER = (Crosswalk.Relation.LOCALISES, Crosswalk.Relation.SERVES, Crosswalk.Relation.SAME)


@dataclass(frozen=True, slots=True)
class Data:
    """What is known of one part in one country. groups: codes of groups that data are split by."""

    series: int = 0
    groups: frozenset[str] = frozenset()


type Teller = Callable[[Place, Sequence[Provision]], Mapping[int, Data]]
_tellers: list[Teller] = []


def tell_of_data(teller: Teller) -> None:
    """Name who knows for which groups of people data exist: (country, parts) to Data by the part's primary key."""
    if teller not in _tellers:
        _tellers.append(teller)


@dataclass(slots=True)
class Row:
    """One part in one country."""

    provision: Provision
    levels: list[str]  # below the agenda's own, at which it was taken up
    data: Data = field(default_factory=Data)
    without: list[Group] = field(default_factory=list)

    @property
    def is_taken_up(self) -> bool:
        return bool(self.levels)


@dataclass(slots=True)
class Cell:
    """A country and a part at the top: how many of the parts inside were taken up."""

    place: Place
    taken: int
    of: int

    @property
    def shade(self) -> str:
        return "waiting" if not self.taken else "done" if self.taken == self.of else "moving"


@dataclass(slots=True)
class Coverage:
    agenda: Agenda
    levels: list[str]
    places: list[Place]
    summary: list[tuple[Provision | None, list[Cell]]]
    totals: list[Cell]
    place: Place | None = None
    rows: list[Row] = field(default_factory=list)
    by_group: list[tuple[Group, int]] = field(default_factory=list)
    with_data: int = 0


def coverage(agenda: Agenda, place: Place | None = None) -> Coverage:
    """Of all countries; with a country: part by part."""
    parts = list(queries.provisions_of(agenda))
    ends = leaves(parts)
    below = [level.value for level in ORDER[ORDER.index(Level(agenda.level)) + 1 :]]
    near = _near(countries())
    shown = in_order([each for each in countries() if agenda.place_id in near[each.pk]], get_language() or "en")
    taken = taken_up(ends, below, {each.pk: near[each.pk] for each in shown})
    tops = _tops(parts)
    found = Coverage(agenda, below, shown, [], [])
    for top in dict.fromkeys(tops[each.pk] for each in ends):
        inside = [each for each in ends if tops[each.pk] == top]
        found.summary.append((top, [_cell(country, inside, taken) for country in shown]))
    found.totals = [_cell(country, ends, taken) for country in shown]
    if place is not None:
        found.place = place
        _tell(found, ends, taken)
    return found


def _near(shown: Iterable[Place]) -> dict[int, set[int]]:
    """{country: itself, what is around it and what is inside}. What is done around a country is done in it, too; and so
    is what is done in a part of it."""
    parents = dict(Place.objects.values_list("pk", "parent"))

    def around(pk: int | None) -> set[int]:
        found: set[int] = set()
        while pk is not None and pk not in found:
            found.add(pk)
            pk = parents.get(pk)
        return found

    all_around = {pk: around(pk) for pk in parents}
    return {
        each.pk: all_around[each.pk] | {pk for pk, places in all_around.items() if each.pk in places} for each in shown
    }


def _tops(parts: Iterable[Provision]) -> dict[int, Provision]:
    tops: dict[int, Provision] = {}
    for each in parts:
        tops[each.pk] = tops.get(each.parent_id or 0, each)
    return tops


def _cell(country: Place, parts: Sequence[Provision], taken: Mapping[tuple[int, int], set[str]]) -> Cell:
    return Cell(country, sum((each.pk, country.pk) in taken for each in parts), len(parts))


def taken_up(
    parts: Sequence[Provision], below: Sequence[str], near: Mapping[int, set[int]]
) -> dict[tuple[int, int], set[str]]:
    """{(part, country): levels at which it was taken up}. near: {country: places that count for it}."""
    reached = _reached([each.pk for each in parts])
    found: dict[tuple[int, int], set[str]] = defaultdict(set)

    def note(part: int, level: str, where: int) -> None:
        if level in below:
            for country, places in near.items():
                if where in places:
                    found[part, country].add(level)

    starts = {each.pk: each for each in _provisions({key for keys in reached.values() for key in keys})}
    for part, keys in reached.items():
        for key in keys - {part}:
            start = starts.get(key)
            if start is not None:
                note(part, start.agenda.level, start.place_id or start.agenda.place_id)
    promised = queries.commitments().filter(provisions__in=starts)
    by_provision: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for provision, level, where in promised.values_list("provisions", "level", "place"):
        by_provision[provision].append((level, where))
    for part, keys in reached.items():
        for key in keys:
            for level, where in by_provision.get(key, ()):
                note(part, level, where)
    return found


def _provisions(keys: set[int]) -> list[Provision]:
    rows = Provision.objects.filter(pk__in=keys, ended=False).exclude(agenda__status=Agenda.Status.DRAFT)
    return list(rows.select_related("agenda"))


def _reached(parts: Sequence[int]) -> dict[int, set[int]]:
    """{part: itself and every part that leads to it, by way of others too}."""
    edges: dict[int, list[int]] = defaultdict(list)
    rows = Crosswalk.objects.filter(relation__in=CLOSER, start__ended=False).values_list("end", "start", "relation")
    for end, start, relation in rows:
        edges[end].append(start)
        if relation == Crosswalk.Relation.SAME:
            edges[start].append(end)
    return {part: _from(part, edges) for part in parts}


def _from(part: int, edges: Mapping[int, list[int]]) -> set[int]:
    found, waiting = {part}, [part]
    while waiting:
        for start in edges.get(waiting.pop(), ()):
            if start not in found:
                found.add(start)
                waiting.append(start)
    return found


def _tell(found: Coverage, parts: Sequence[Provision], taken: Mapping[tuple[int, int], set[str]]) -> None:
    assert found.place is not None  # noqa: S101 - asked before
    known = data_of(found.place, parts)
    for each in parts:
        data = known.get(each.pk, Data())
        levels = [level for level in found.levels if level in taken.get((each.pk, found.place.pk), ())]
        without = [group for group in groups() if group.code not in data.groups] if data.series else []
        found.rows.append(Row(each, levels, data, without))
    found.with_data = sum(bool(row.data.series) for row in found.rows)
    found.by_group = [(group, sum(group.code in row.data.groups for row in found.rows)) for group in groups()]


def data_of(place: Place, parts: Sequence[Provision]) -> dict[int, Data]:
    """What all tellers know, put together."""
    found: dict[int, Data] = {}
    for teller in _tellers:
        for key, data in teller(place, parts).items():
            before = found.get(key, Data())
            found[key] = Data(before.series + data.series, before.groups | data.groups)
    return found
