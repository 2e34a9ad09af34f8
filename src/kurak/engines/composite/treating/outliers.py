"""Which values are outliers, by the test that is declared, and whether an indicator passes it.

Constants, indicators with two values, and those with too few values to test pass: there is nothing to treat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """What a test found. skew, kurtosis: of the values, NaN where undefined    outside: how many values are beyond the
    fences of the test (0 where the test has none)    side: +1 where the trouble is above, -1 below"""

    passed: bool
    skew: float
    kurtosis: float
    outside: int
    side: int


@dataclass(frozen=True, slots=True)
class Check:
    """A test with its limits. test: skew-kurtosis (passed when |skew| < skew or kurtosis < kurtosis), iqr (no value
    beyond fence · IQR from the quartiles) or mad (none with a robust z above fence)."""

    test: str = "skew-kurtosis"
    skew: float = 2.0
    kurtosis: float = 3.5
    fence: float | None = None

    def fences(self, x: Floats) -> tuple[float, float]:
        """Lowest and highest value that is no outlier."""
        if self.test == "iqr":
            low, high = float(present.quantile(x, 0.25)), float(present.quantile(x, 0.75))
            room = (1.5 if self.fence is None else self.fence) * (high - low)
            return low - room, high + room
        if self.test == "mad":
            centre = present.median(x)
            room = (3.5 if self.fence is None else self.fence) * 1.4826 * float(present.median(np.abs(x - centre)))
            return float(centre) - room, float(centre) + room
        return -np.inf, np.inf

    def __call__(self, x: Floats, fences: tuple[float, float]) -> Found:
        skew, kurtosis = float(present.skewness(x)), float(present.kurtosis(x))
        if not treatable(x):
            return Found(True, skew, kurtosis, 0, 1)
        if self.test == "skew-kurtosis":
            passed = not (abs(skew) >= self.skew and kurtosis >= self.kurtosis)
            return Found(passed, skew, kurtosis, 0, 1 if skew >= 0 else -1)
        low, high = fences
        below, above = int((x < low).sum()), int((x > high).sum())
        further = np.fmax.reduce(x) - high >= low - np.fmin.reduce(x)
        return Found(below + above == 0 or low == high, skew, kurtosis, below + above, 1 if further else -1)


def treatable(x: Floats) -> bool:
    """Whether there are three different values or more."""
    return bool(((x > np.fmin.reduce(x, initial=np.nan)) & (x < np.fmax.reduce(x, initial=np.nan))).any())
