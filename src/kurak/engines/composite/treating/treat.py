"""Treats the outliers of one indicator: winsorise, trim or transform, and transform what still fails.

Treatment comes before the direction, so it works on raw values. An indicator that passes its test is left alone unless
the treatment is forced; constants and indicators of two values are never treated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present
from kurak.engines.composite.treating.outliers import Check, Found, treatable
from kurak.engines.composite.treating.transforming import boxcox, log_ct, log_ct_orig, log_ct_plus

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

TRANSFORMS = {"log-ct": log_ct, "log-ct-plus": log_ct_plus, "log-ct-orig": log_ct_orig, "boxcox": boxcox}


@dataclass(frozen=True, slots=True)
class Treated:
    """values: (n,)    winsorised: (n,), whose value was drawn in    transform: the name, "" where none was needed
    passed: whether the test holds now    before, after: what it found    share: of the present values, winsorised"""

    values: Floats
    winsorised: Flags
    transform: str
    passed: bool
    before: Found
    after: Found

    @property
    def share(self) -> float:
        return float(self.winsorised.sum() / max(1, (~np.isnan(self.values)).sum()))


def winsorise(
    x: Floats,
    *,
    most: int = 5,
    then: str = "none",
    power: float | None = None,
    on: str = "original",
    force: bool = False,
    **test: Any,
) -> Treated:
    """Draws the furthest values in to the next, all that share it at once, until the test is passed or `most` values
    were changed. most: 0 for no limit    then: a transformation for what still fails    on: what it is applied to,
    the original or the winsorised values    force: winsorise `most` values whatever the test says

    >>> winsorise(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 90.0])).values.tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0]
    """
    check, x = Check(**test), np.asarray(x, float)
    fences = check.fences(x)
    before = now = check(x, fences)
    values, above, below = x, np.zeros(x.shape, bool), np.zeros(x.shape, bool)
    limit = most or len(x)
    while treatable(values) and (force or not now.passed) and above.sum() + below.sum() < limit:
        edge = np.fmax.reduce(values) if now.side > 0 else np.fmin.reduce(values)
        at = values == edge
        if now.side > 0:
            above = at
        else:
            below = at
        rest = values[~at]
        values = np.where(at, np.fmax.reduce(rest) if now.side > 0 else np.fmin.reduce(rest), values)
        now = check(values, fences)
    done = Treated(values, values != np.where(np.isnan(x), values, x), "", now.passed, before, now)
    done = replace(done, winsorised=done.winsorised & ~np.isnan(x))
    if now.passed or then == "none":
        return done
    return _transformed(done, x if on == "original" else values, then, power, check)


def trim(x: Floats, *, low: float = 0.05, high: float = 0.95, force: bool = False, **test: Any) -> Treated:
    """Draws all values beyond two quantiles in to them.

    >>> trim(np.array([0.0, 1.0, 2.0, 3.0, 4.0]), low=0.25, high=0.75, force=True).values.tolist()
    [1.0, 1.0, 2.0, 3.0, 3.0]
    """
    check, x = Check(**test), np.asarray(x, float)
    fences = check.fences(x)
    before = check(x, fences)
    if not treatable(x) or (before.passed and not force):
        return Treated(x, np.zeros(x.shape, bool), "", before.passed, before, before)
    values = np.clip(x, present.quantile(x, low), present.quantile(x, high))
    after = check(values, fences)
    return Treated(values, (values != x) & ~np.isnan(x), "", after.passed, before, after)


def transform(x: Floats, *, by: str, power: float | None = None, force: bool = False, **test: Any) -> Treated:
    """One transformation of the whole indicator, where its test fails or it is forced.

    >>> transform(np.array([0.0, 1.0, 100.0]), by="log-ct", force=True).values.round(2).tolist()
    [0.0, 0.69, 4.62]
    """
    check, x = Check(**test), np.asarray(x, float)
    before = check(x, check.fences(x))
    untouched = Treated(x, np.zeros(x.shape, bool), "", before.passed, before, before)
    if not treatable(x) or (before.passed and not force):
        return untouched
    return _transformed(untouched, x, by, power, check)


def _transformed(so_far: Treated, x: Floats, by: str, power: float | None, check: Check) -> Treated:
    """The whole indicator transformed. Values that were winsorised before count as such only if they still are."""
    skew = float(present.skewness(x))
    values = log_ct_plus(x, skew=skew) if by == "log-ct-plus" else TRANSFORMS[by](x, power)
    after = check(values, check.fences(values))
    kept = so_far.winsorised if x is so_far.values else np.zeros(x.shape, bool)
    return Treated(values, kept, by, after.passed, so_far.before, after)
