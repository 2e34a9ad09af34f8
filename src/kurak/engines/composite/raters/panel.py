"""Ratings laid out for the sampler: sums over a case, a rater, or a rater's answer are one pass over memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.raters.ratings import Ratings

type Floats = NDArray[np.float64]
type Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """cases, raters, answers: how many; case, rater, code: (n,) of every rating, sorted by case, every case and rater
    with at least one. by_rater: the order by rater and code; group: (raters,) number of the group of each."""

    cases: int
    raters: int
    answers: int
    case: Places
    rater: Places
    code: Places
    group: Places
    first_of_case: Places
    by_rater: Places
    first_of_rater: Places
    first_of_cell: Places
    cells: Places  # rater * answers + code, of the cells that have a rating

    @property
    def cuts(self) -> int:
        """Thresholds between the answers."""
        return self.answers - 1

    @property
    def groups(self) -> int:
        return int(self.group.max()) + 1

    def over_cases(self, x: Floats) -> Floats:
        """(chains, n) -> (chains, cases)"""
        return np.add.reduceat(x, self.first_of_case, axis=-1)

    def over_raters(self, x: Floats) -> Floats:
        """(chains, n) -> (chains, raters)"""
        return np.add.reduceat(x[:, self.by_rater], self.first_of_rater, axis=-1)

    def over_answers(self, x: Floats) -> Floats:
        """(chains, n) -> (chains, raters, answers)"""
        found = np.zeros((len(x), self.raters * self.answers))
        found[:, self.cells] = np.add.reduceat(x[:, self.by_rater], self.first_of_cell, axis=-1)
        return found.reshape(len(x), self.raters, self.answers)


def laid_out(ratings: Ratings, answers: int, group: Places) -> Panel:
    """A panel of the cases and raters that have ratings; numbers are positions among those."""
    case = np.unique(ratings.case, return_inverse=True)[1]
    who, rater = np.unique(ratings.rater, return_inverse=True)
    code = ratings.code.astype(np.intp)
    cell = rater * answers + code
    by_rater = np.argsort(cell, kind="stable")
    cells, first_of_cell = np.unique(cell[by_rater], return_index=True)
    first_of_rater = np.searchsorted(rater[by_rater], np.arange(len(who)))
    first_of_case = np.searchsorted(case, np.arange(case.max() + 1))
    return Panel(
        int(case.max()) + 1, len(who), answers, case, rater, code, np.unique(group[who], return_inverse=True)[1],
        first_of_case, by_rater, first_of_rater, first_of_cell, cells,
    )  # fmt: skip
