"""An agenda as a patchwork: one patch for each commitment, or for each part where nobody has promised anything yet.

How patches are coloured is open: other parts of the room register more ways (`offer`), such as the gap between accounts
or the progress of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.commitments.agendas import queries
from kurak.commitments.agendas.declared import Fact, kind_called
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Provision
from kurak.ground.languages.text import Text

type Patched = Commitment | Provision
MOST_PATCHES = 400  # of a page
SHADES = ("done", "partly", "moving", "waiting", "late", "dropped", "unknown")  # agendas.css


@dataclass(frozen=True, slots=True)
class Shade:
    """What a patch says: its colour and the words for it."""

    shade: str
    says: str
    order: int = 0  # of the legend


@dataclass(frozen=True, slots=True)
class Colouring:
    """A way to colour. of: (agenda, what is patched) to shades by primary key; nothing: nothing is known of it."""

    code: str
    title: str | Promise
    of: Callable[[Agenda, Sequence[Patched]], Mapping[int, Shade]]
    fits: Callable[[Agenda, Sequence[Patched]], bool] = lambda agenda, patched: True


_offered: dict[str, Colouring] = {}


def offer(colouring: Colouring) -> None:
    _offered[colouring.code] = colouring


def offered(agenda: Agenda, patched: Sequence[Patched]) -> list[Colouring]:
    return [each for each in _offered.values() if each.fits(agenda, patched)]


@dataclass(frozen=True, slots=True)
class Patch:
    agenda: Agenda
    thing: Patched
    shade: Shade

    @property
    def url(self) -> str:
        return url_of(self.agenda, self.thing)

    @property
    def title(self) -> Text:
        return self.thing.title


@dataclass(slots=True)
class Cloth:
    """Patches that belong together: those under one part at the top of the tree."""

    heading: Provision | None
    patches: list[Patch] = field(default_factory=list)

    @property
    def legend(self) -> list[tuple[Shade, int]]:
        return legend(self.patches)

    @property
    def strip(self) -> list[tuple[Shade, float, float]]:
        """(shade, where it begins, how long it is) in per cent: the patches as one line."""
        found, at = [], 0.0
        for shade, many in self.legend:
            long = 100 * many / len(self.patches)
            found.append((shade, round(at, 2), round(long, 2)))
            at += long
        return found


@dataclass(slots=True)
class Patchwork:
    cloths: list[Cloth]
    colouring: Colouring | None
    colourings: list[Colouring]
    legend: list[tuple[Shade, int]]
    of_commitments: bool

    @property
    def many(self) -> int:
        return sum(many for _shade, many in self.legend)

    @property
    def is_large(self) -> bool:
        """Too many patches for one page: what belongs together is drawn as one line, and has a page of its own."""
        return self.many > MOST_PATCHES and len(self.cloths) > 1


def patchwork(agenda: Agenda, by: str = "", *, inside: Provision | None = None) -> Patchwork:
    """Of the whole, or of what is inside one part."""
    promised = [] if inside is not None else list(queries.commitments_of(agenda))
    rows = queries.provisions_of(agenda).select_related(None).defer("text", "folded")
    if inside is not None:
        rows = rows.filter(pk__in=set(queries.branch_of(inside)) - {inside.pk})
    many, tops = rows.count(), rows.filter(depth=inside.depth + 1 if inside else 0).count()
    if many > MOST_PATCHES and 1 < tops < many:  # drawn as lines: only the tops are named
        rows = rows.defer("title", "text", "folded")
    parts = list(rows)
    patched: list[Patched] = list(promised) if promised else list(leaves(parts))
    ways = offered(agenda, patched)
    way = next((each for each in ways if each.code == by), ways[0] if ways else None)
    shades = way.of(agenda, patched) if way else {}
    nothing = Shade("unknown", _("Nothing is known"), 99)
    made = [Patch(agenda, each, shades.get(each.pk, nothing)) for each in patched]
    return Patchwork(cloths(parts, made), way, ways, legend(made), bool(promised))


def leaves(parts: Sequence[Provision]) -> list[Provision]:
    """Parts with nothing inside them."""
    holding = {each.parent_id for each in parts}
    return [each for each in parts if each.pk not in holding]


def url_of(agenda: Agenda, thing: Patched) -> str:
    name = "commitment" if isinstance(thing, Commitment) else "provision"
    return reverse(f"agendas:{name}", args=[agenda.code, thing.code])


def cloths(parts: Sequence[Provision], made: Sequence[Patch]) -> list[Cloth]:
    """By the part at the top that each belongs to; a commitment by the first of its provisions in the tree."""
    tops: dict[int, Provision] = {}
    for each in parts:
        tops[each.pk] = tops.get(each.parent_id or 0, each)
    found: dict[int | None, Cloth] = {}
    for patch in made:
        top = top_of(patch.thing, tops)
        found.setdefault(top.pk if top else None, Cloth(top)).patches.append(patch)
    if len(found) == len(made) > 1 and all(each.heading == each.patches[0].thing for each in found.values()):
        return [Cloth(None, list(made))]  # a flat list needs no headings
    return sorted(
        found.values(), key=lambda cloth: (cloth.heading is None, cloth.heading.position if cloth.heading else 0)
    )


def top_of(thing: Patched, tops: Mapping[int, Provision]) -> Provision | None:
    if isinstance(thing, Provision):
        return tops.get(thing.pk)
    inside = [tops[each.pk] for each in thing.provisions.all() if each.pk in tops]
    return min(inside, key=lambda each: each.position) if inside else None


def legend(made: Sequence[Patch]) -> list[tuple[Shade, int]]:
    counted: dict[Shade, int] = defaultdict(int)
    for patch in made:
        counted[patch.shade] += 1
    return sorted(counted.items(), key=lambda pair: (pair[0].order, SHADES.index(pair[0].shade)))


# The two ways that agendas know by themselves


def by_status(agenda: Agenda, patched: Sequence[Patched]) -> dict[int, Shade]:
    kind = kind_called(agenda.kind)
    order = {status.code: at for at, status in enumerate(kind.statuses)}
    found = {}
    for each in patched:
        status = kind.status(each.status)  # type: ignore[union-attr]
        found[each.pk] = Shade(status.shade, str(status), order[status.code])
    return found


def by_uptake(agenda: Agenda, patched: Sequence[Patched]) -> dict[int, Shade]:
    """Parts by what was made of them: a commitment, a part of another agenda that brings it closer, nothing yet."""
    keys = [each.pk for each in patched]
    promised = dict.fromkeys(queries.commitments().filter(provisions__in=keys).values_list("provisions", flat=True))
    reached = Crosswalk.objects.filter(end__in=keys, start__ended=False)
    closer = dict.fromkeys(reached.filter(relation=Crosswalk.Relation.LOCALISES).values_list("end", flat=True))
    linked = dict.fromkeys(reached.values_list("end", flat=True))
    said = {
        "done": Shade("done", _("Somebody has promised something"), 0),
        "moving": Shade("moving", _("Another agenda brings it closer"), 1),
        "partly": Shade("partly", _("Another agenda leads to it"), 2),
        "waiting": Shade("waiting", _("Nothing leads to it yet"), 3),
    }
    return {
        key: said[
            "done" if key in promised else "moving" if key in closer else "partly" if key in linked else "waiting"
        ]
        for key in keys
    }


def by_fact(agenda: Agenda, patched: Sequence[Patched]) -> dict[int, Shade]:
    """Parts by the fact that the kind declares shades for, such as what a state answered to a recommendation."""
    fact = _shaded(agenda)
    assert fact is not None  # noqa: S101 - it fitted
    language, order = get_language() or "en", list(fact.shades)
    found = {}
    for each in patched:
        value = str(each.about.get(fact.code, "")).strip().lower()  # type: ignore[union-attr]
        if value in fact.shades:
            shade, words = fact.shades[value]
            found[each.pk] = Shade(shade, str(words.into(language)), order.index(value))
    return found


def _shaded(agenda: Agenda) -> Fact | None:
    return next((fact for fact in kind_called(agenda.kind).facts if fact.shades), None)


def tells_a_fact(agenda: Agenda, patched: Sequence[Patched]) -> bool:
    fact = _shaded(agenda)
    if fact is None:
        return False
    said = (str(each.about.get(fact.code, "")) for each in patched if isinstance(each, Provision))
    return any(value.strip().lower() in fact.shades for value in said)


def are_commitments(_agenda: Agenda, patched: Sequence[Patched]) -> bool:
    return bool(patched) and isinstance(patched[0], Commitment)


def offer_own() -> None:
    offer(Colouring("status", _l("Status"), by_status, are_commitments))
    offer(Colouring("fact", _l("Answer of the state"), by_fact, tells_a_fact))
    offer(Colouring("uptake", _l("What was made of it"), by_uptake, lambda *of: not are_commitments(*of)))
