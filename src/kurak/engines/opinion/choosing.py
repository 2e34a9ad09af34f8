"""How many groups, and which rule: from one up, and one is an answer.

Clouds that stand clearly apart become groups as they are. Where opinions run on without a gap, but not as one even
cloud, there are two groups, cut where the cut holds best. Otherwise there are no clear groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.opinion.clouds import Clouds, deepened, searched
from kurak.engines.opinion.grouping import Everyone, Rule, alone, belonging, cut
from kurak.engines.opinion.partials import chunk
from kurak.engines.opinion.positions import Axes
from kurak.engines.opinion.profiles import answers, profiled, settled
from kurak.engines.opinion.votes import Votes

type Floats = NDArray[np.float64]

EVIDENCE = 0.15  # per person, how much better several clouds must explain the votes than one (Bayesian criterion)
APART = 0.75  # expected agreement with itself of three or more clouds that stand clearly apart
HALVED = 0.9  # and of two: two halves of one long cloud agree with themselves nearly as well as two clouds
DISTINCT, CHANCE = 0.25, 10  # evidence per person that two clouds need, for the same reason, and more of few people
UNEVEN = 0.1  # the same for the first axis alone: more than one even cloud shows
TELLING, HINT = 0.475, 0.03  # a cut that explains this share of the axis needs only a hint of it
SHALLOW = 3  # clouds looked for on the first axis alone


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """rule; stability: its expected agreement with itself; tried: the same for every number of groups considered."""

    rule: Rule
    stability: float
    tried: Mapping[int, float]


def chosen(axes: Axes, votes: Votes, weight: Floats, sample: Votes, *, most: int, smallest: int, hold: float) -> Choice:
    """The grouping that the votes can hold.

    weight: (n,) zero for people who are not to decide, because of few votes or because they are excluded.
    sample: some of the others. most, smallest, hold: see Settings.
    """
    deciding = int(np.count_nonzero(weight))
    if most < 2 or deciding < max(2 * smallest, 8) or votes.width < 2:
        return Choice(Everyone(), 1.0, {1: 1.0})
    deep = deepened(sample)
    clouds = searched(deep, sample, most)
    tried = {found.k: found.stability for found in clouds}
    clear = _clear(clouds, smallest * sample.people / deciding)
    if clear is not None and (clear.k > 2 or _two_clouds(clouds[0], clear)):
        start = profiled(answers(chunk(sample, 0, sample.people), clear.chance))
        rule: Rule = settled(_deciding(votes, weight), start)
        if _large_enough(rule, votes, weight, smallest):
            return Choice(rule, clear.stability, tried)
    axis = alone(axes, votes)
    halves = cut(axis, votes, weight)
    tried |= {2: halves.stability}
    flat = searched(axis, sample, SHALLOW)
    uneven = _better(flat, UNEVEN) or (halves.told >= TELLING and _better(flat, HINT))
    if uneven and halves.stability >= hold and _large_enough(halves.rule, votes, weight, smallest):
        return Choice(halves.rule, halves.stability, tried)
    return Choice(Everyone(), 1.0, tried)


def _large_enough(rule: Rule, votes: Votes, weight: Floats, smallest: int) -> bool:
    group, _ = belonging(rule, votes)
    return int(np.bincount(group[weight > 0], minlength=rule.k).min()) >= smallest


def _two_clouds(one: Clouds, two: Clouds) -> bool:
    """Two clouds rather than a long one, which is better cut where the fewest stand."""
    return two.stability >= HALVED and two.criterion < one.criterion - DISTINCT * len(two.chance) - CHANCE


def _better(clouds: list[Clouds], evidence: float = EVIDENCE) -> bool:
    """Several clouds explain the votes better than one, by more than chance would."""
    people = len(clouds[0].chance)
    return any(found.criterion < clouds[0].criterion - evidence * people for found in clouds[1:])


def _clear(clouds: list[Clouds], smallest: float) -> Clouds | None:
    """The best number of clouds by the criterion, if they stand apart and none is tiny."""
    best = min(clouds, key=lambda found: found.criterion)
    size = np.bincount(best.chance.argmax(axis=1), minlength=best.k)
    apart = best.stability >= APART and size.min() >= max(smallest, 2)
    return best if best.k > 1 and apart and _better([clouds[0], best]) else None


def _deciding(votes: Votes, weight: Floats) -> Votes:
    return Votes(votes.participants, votes.statements, votes.start, votes.statement, votes.value, weight)
