"""Everything that is computed from a drawing, once, for all tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.cli.opinion.drawing import Drawing
from kurak.engines.opinion.bridging import Bridging, bridging
from kurak.engines.opinion.consensus import Consensus, consensus, group_aware
from kurak.engines.opinion.findings import Findings, findings
from kurak.engines.opinion.maximin import Maximin, maximin
from kurak.engines.opinion.polis.axes import centred, principal_axes
from kurak.engines.opinion.priorities import priorities, uncertain
from kurak.engines.opinion.proportional import Proportional, approvals, proportional
from kurak.engines.opinion.representative import Representative, representative
from kurak.engines.opinion.statistics import Statistics, describe
from kurak.engines.opinion.tally import Tally, tally, tally_all
from kurak.engines.opinion.votes import Votes

SEATS = 7  # statements of the proportional set: as many as people read at once
SEEN = 30  # votes (or a tenth of the people) from which a prediction for the others is worth something
LARGEST_TABLE = 500_000_000  # bytes of who agrees with what

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """everybody: (1, m); statistics: (k, m); the arrays (m,)."""

    everybody: Tally
    statistics: Statistics
    representative: tuple[tuple[Representative, ...], ...]
    consensus: Consensus
    findings: Findings
    maximin: Maximin | None
    group_aware: Floats
    extremity: Floats
    priority: Floats
    uncertain: NDArray[np.intp]
    bridging: Bridging
    proportional: Proportional | None


def results_of(drawing: Drawing) -> Results:
    votes, hidden = drawing.votes, drawing.left_out | drawing.meta
    groups, everybody = tally(votes, drawing.group, drawing.k), tally_all(votes)
    extremes = principal_axes(*centred(votes, hidden)).extremity
    statistics = describe(groups)
    return Results(
        everybody,
        statistics,
        representative(statistics, hidden),
        consensus(everybody, hidden),
        findings(groups, hidden),
        maximin(groups) if drawing.k else None,
        group_aware(groups),
        extremes,
        priorities(groups, extremes, drawing.meta),
        uncertain(everybody, hidden),
        fit := bridging(votes, hidden),
        _proportional(votes, fit, hidden, everybody),
    )


def _proportional(votes: Votes, fit: Bridging, hidden: NDArray[np.bool_], everybody: Tally) -> Proportional | None:
    """A few statements that represent everyone, of those that enough people saw; none where the table would be huge."""
    if votes.people * votes.width > LARGEST_TABLE:
        return None
    few = everybody.seen[0] < min(SEEN, 0.1 * votes.people)
    return proportional(approvals(votes, fit), SEATS, left_out=hidden | few, weight=votes.weight)
