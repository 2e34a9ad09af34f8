"""What several raters said of the same cases, one row a rating, in any order and with any gaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.table import LARGEST

type Floats = NDArray[np.float64]
type Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Ratings that were given, sorted by case and then rater, so that their order of arrival changes nothing.

    case, rater: (n,) positions in cases and raters      code: (n,) float64, never missing
    cases, raters: names, ascending; a case that nobody rated may be among them
    """

    cases: NDArray[np.generic]
    raters: NDArray[np.generic]
    case: Places
    rater: Places
    code: Floats

    @property
    def per_case(self) -> Places:
        """(cases,) how many raters each case has."""
        return np.bincount(self.case, minlength=len(self.cases))

    @property
    def per_rater(self) -> Places:
        return np.bincount(self.rater, minlength=len(self.raters))

    @property
    def means(self) -> Floats:
        """(cases,) plain mean of the codes; NaN where nobody rated."""
        total = np.bincount(self.case, self.code, minlength=len(self.cases))
        return np.asarray(total / np.where(self.per_case > 0, self.per_case, np.nan))

    @property
    def whole(self) -> bool:
        """Whether the codes are answers of a scale, 0, 1, 2, …"""
        return bool(np.all((self.code == np.floor(self.code)) & (self.code >= 0)))

    @property
    def table(self) -> Floats:
        """(cases, raters) with NaN where a rater did not rate."""
        found = np.full((len(self.cases), len(self.raters)), np.nan)
        found[self.case, self.rater] = self.code
        return found

    @property
    def islands(self) -> Places:
        """(raters,) which raters hang together through cases they share: the same number, the same island."""
        n, k = len(self.raters), len(self.cases)
        links = coo_array((np.ones(len(self.case)), (self.rater, n + self.case)), shape=(n + k, n + k))
        return np.asarray(connected_components(links, directed=False)[1][:n], dtype=np.intp)


def gather(cases: ArrayLike, raters: ArrayLike, codes: ArrayLike, *, among: ArrayLike | None = None) -> Ratings:
    """Ratings from long arrays: who said what of which case. NaN is a rating that was not given.

    among: names of all cases, also those that nobody rated. Errors: `Unusable` where a rater rated a case twice, a code
    is infinite, or the arrays differ in length.

    >>> r = gather(["b", "a", "a"], ["Ann", "Ann", "Ben"], [1, 2, float("nan")])
    >>> r.cases.tolist(), r.raters.tolist(), r.code.tolist(), r.per_case.tolist()
    (['a', 'b'], ['Ann', 'Ben'], [2.0, 1.0], [1, 1])
    """
    case_names, rater_names, code = np.asarray(cases), np.asarray(raters), np.asarray(codes, dtype=np.float64)
    if not len(case_names) == len(rater_names) == len(code):
        raise _refused("length", "cases, raters and codes differ in length", "Give one of each for every rating")
    everyone = case_names if among is None else np.concatenate([case_names, np.asarray(among)])
    names, who = np.unique(everyone), np.unique(rater_names)
    given = ~np.isnan(code)
    beyond = np.flatnonzero(np.abs(code) > LARGEST)
    if len(beyond):
        said = f"{rater_names[beyond[0]]} rated {case_names[beyond[0]]} with {code[beyond[0]]:g}"
        raise _refused("infinite", said, "Leave out what was not rated, and number answers 0, 1, 2, …")
    case, rater = np.searchsorted(names, case_names[given]), np.searchsorted(who, rater_names[given])
    order = np.lexsort((rater, case))
    found = Ratings(names, who, case[order], rater[order], code[given][order])
    _once(found)
    return found


def _once(found: Ratings) -> None:
    twice = np.flatnonzero((np.diff(found.case) == 0) & (np.diff(found.rater) == 0))
    if len(twice):
        case, rater = found.cases[found.case[twice[0]]], found.raters[found.rater[twice[0]]]
        raise _refused("twice", f"{rater} rated {case} more than once", "Keep the latest of them")


def _refused(code: str, said: str, remedy: str) -> Unusable:
    return Unusable([Problem(("ratings",), f"ratings.{code}", said, remedy)])
