"""What was drawn, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class Drawn:
    """picks {name: (draws,)}: which option of a choice; weights {node: (draws, children)}; streams {name: (draws,)}:
    the key from which the measurement errors of a draw are made."""

    picks: dict[str, Whole] = field(default_factory=dict)
    weights: dict[str, Floats] = field(default_factory=dict)
    streams: dict[str, NDArray[np.uint64]] = field(default_factory=dict)


def chosen(u: Floats, k: int) -> Whole:
    """[0, 1) in k equal parts.

    >>> chosen(np.array([0.0, 0.49, 0.5, 0.999]), 2).tolist()
    [0, 0, 1, 1]
    """
    return np.minimum((u * k).astype(np.int64), k - 1)
