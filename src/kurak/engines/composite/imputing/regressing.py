"""Imputation by regression on the unit's other indicators."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.imputing.columns import Labels, by_period
from kurak.engines.composite.imputing.rows import families

type Floats = NDArray[np.float64]
type Wholes = NDArray[np.int64]

FEWEST_BEYOND = 2  # cases beyond the number of coefficients, so that there is a residual


def regression(
    x: Floats,
    *,
    parents: Wholes,
    periods: Labels | None = None,
    within: str = "parent",
    predictors: int = 3,
    draw: bool = False,
    seed: int = 0,
    **_: object,
) -> Floats:
    """x̂ = a + Σ b z by least squares, z the indicators present in the row that correlate most with the missing one.

    predictors: how many at most    draw: add a normal residual with the spread of the fitted ones, of that seed
    Stays missing where too few units have all of them.

    >>> x = np.array([[1.0, 3.0], [2.0, 5.0], [3.0, 7.0], [4.0, 9.0], [5.0, np.nan]])
    >>> regression(x, parents=np.array([0, 0]))[4].round(9).tolist()
    [5.0, 11.0]
    """

    def run(part: Floats, _: Wholes) -> Floats:
        found = part.copy()
        for columns in families(parents, within):
            for column in columns.tolist():
                others = [other for other in columns.tolist() if other != column]
                noise = np.random.default_rng([seed, column])
                _column(part, found, column, others, predictors, noise if draw else None)
        return found

    return by_period(x, periods, run)


def _column(
    x: Floats, found: Floats, column: int, others: list[int], most: int, noise: np.random.Generator | None
) -> None:
    missing = np.flatnonzero(np.isnan(x[:, column]))
    order = _most_like(x, column, others)
    for row in missing.tolist():
        usable = [other for other in order if not np.isnan(x[row, other])][:most]
        while usable:
            cases = ~np.isnan(x[:, [column, *usable]]).any(axis=1)
            if cases.sum() >= len(usable) + 1 + FEWEST_BEYOND:
                found[row, column] = _predicted(x[cases], x[row], column, usable, noise)
                break
            usable.pop()


def _most_like(x: Floats, column: int, others: list[int]) -> list[int]:
    """The other indicators, the most correlated first; those that do not vary are none."""
    size = {}
    for other in others:
        both = ~np.isnan(x[:, [column, other]]).any(axis=1)
        a, b = x[both, column], x[both, other]
        if both.sum() > 2 and np.ptp(a) > 0 and np.ptp(b) > 0:
            a, b = ((each - each.mean()) / np.ptp(each) for each in (a, b))  # no square leaves what a float can hold
            size[other] = abs(float(np.corrcoef(a, b)[0, 1]))
    return sorted(size, key=lambda other: (-size[other], other))


def _predicted(cases: Floats, row: Floats, column: int, usable: list[int], noise: np.random.Generator | None) -> float:
    design = np.column_stack([np.ones(len(cases)), cases[:, usable]])
    coefficients = np.linalg.lstsq(design, cases[:, column], rcond=None)[0]
    expected = float(coefficients[0] + row[usable] @ coefficients[1:])
    if noise is None:
        return expected
    residual = cases[:, column] - design @ coefficients
    return expected + float(noise.normal() * np.sqrt((residual**2).sum() / (len(cases) - design.shape[1])))
