"""Walking the trail: from a claim down to what it stands on, as far as safety lets this reader go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from kurak.ground.trail.kinds import Kind, Reference, kind_of, reference
from kurak.ground.trail.models import Footing

DEEPEST = 5
WIDEST = 100  # of the grounds of one claim; a page says how many more there are
BATCH = 200


@dataclass(slots=True)
class Step:
    """One thing on the way down, as a page shows it. Hidden: this reader may not see it, and the way ends there."""

    reference: Reference
    relation: str = ""
    note: str = ""
    word: str = ""
    title: str = ""
    url: str = ""
    hidden: bool = False
    more: int = 0  # grounds that were left out because there are too many
    steps: list[Step] = field(default_factory=list)


def stands_on(thing: Any) -> list[Footing]:
    """What a thing stands on directly."""
    return _footings([reference(thing)])


def walk_down(thing: Any, *, person: Any = None, deepest: int = DEEPEST) -> Step:
    """The trail below a thing, level by level: one query a level for footings and one for each kind met.

    What the reader may not see becomes a hidden step without words, and nothing below it is looked up.
    """
    top = Step(reference(thing))
    _describe([top], person)
    met, level = {top.reference}, [top]
    for _depth in range(deepest):
        below = _below({step.reference: step for step in level if not step.hidden})
        _describe(below, person)
        level = [step for step in below if step.reference not in met]  # met before: named again, not walked again
        met |= {step.reference for step in level}
    return top


def carried_by(thing: Any, *, person: Any = None) -> list[Step]:
    """What stands on a thing directly, as far as this reader may see it."""
    ground = reference(thing)
    above = Footing.objects.filter(ground_kind=ground.kind, ground_key=ground.key).order_by("-pk")[:WIDEST]
    steps = [Step(Reference(each.claim_kind, each.claim_key), note=each.note) for each in above]
    _describe(steps, person)
    return [step for step in steps if not step.hidden]


def reachable(start: Iterable[Reference]) -> set[Reference]:
    """Everything that these things stand on, themselves included."""
    found: set[Reference] = set()
    level = set(start)
    while level:
        found |= level
        level = {Reference(each.ground_kind, each.ground_key) for each in _footings(list(level))} - found
    return found


def _below(claims: dict[Reference, Step]) -> list[Step]:
    steps = []
    for footing in _footings(list(claims)):
        claim = claims[Reference(footing.claim_kind, footing.claim_key)]
        ground = Reference(footing.ground_kind, footing.ground_key)
        if len(claim.steps) >= WIDEST:
            claim.more += 1
            continue
        step = Step(ground, relation=str(footing.get_relation_display()), note=footing.note)
        claim.steps.append(step)
        steps.append(step)
    return steps


def _describe(steps: list[Step], person: Any) -> None:
    keys: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        keys[step.reference.kind].add(step.reference.key)
    things = {code: kind.find(sorted(wanted)) for code, wanted in keys.items() if (kind := kind_of(code))}
    for step in steps:
        kind = kind_of(step.reference.kind)
        thing = things.get(step.reference.kind, {}).get(step.reference.key)
        if kind is None or thing is None or not kind.may_see(thing, person):
            step.hidden = True
        else:
            _name(step, kind, thing)


def _name(step: Step, kind: Kind, thing: Any) -> None:
    step.word, step.title, step.url = str(kind.word), kind.title(thing), kind.url(thing)


def _footings(claims: list[Reference]) -> list[Footing]:
    found: list[Footing] = []
    for at in range(0, len(claims), BATCH):
        keys: dict[str, list[str]] = defaultdict(list)
        for claim in claims[at : at + BATCH]:
            keys[claim.kind].append(claim.key)
        which = Q()
        for kind, of_kind in keys.items():
            which |= Q(claim_kind=kind, claim_key__in=of_kind)
        found += Footing.objects.filter(which)
    return found
