"""What all normalisations share: whose data give the parameters, logarithms, ranges, and what a constant becomes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.problems import Problem, Unusable

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Range = tuple[float, float]

HUNDRED: Range = (0.0, 100.0)
CONSTANT = ("missing", "midpoint", "error")


def population(x: Floats, reference: Flags | None) -> Floats:
    """The values the parameters are taken from: all, or those of the reference units."""
    return x if reference is None else np.where(reference, x, np.nan)


def logged(x: Floats, log: bool, plus: float = 0.0) -> Floats:
    """ln(x + plus) where a logarithm is declared. Raises Unusable where it has none: nothing is shifted silently."""
    if not log:
        return x
    refuse(x + plus <= 0, x, f"{{value:g}} has no logarithm{f' after {plus:g} is added' if plus else ''}", ABOVE_ZERO)
    return np.log(x + plus)


ABOVE_ZERO = "Add plus: … so that every value is above 0, or normalise without the logarithm"


def refuse(wrong: Flags, x: Floats, said: str, remedy: str, code: str = "normalise.value") -> None:
    """Raises Unusable naming the index of each unit whose value is wrong."""
    if not wrong.any():
        return
    rows, values = wrong.reshape(-1, wrong.shape[-1]), np.broadcast_to(x, wrong.shape).reshape(-1, wrong.shape[-1])
    units = np.flatnonzero(rows.any(axis=0))
    raise Unusable(
        Problem((int(unit),), code, said.format(value=values[rows[:, unit].argmax(), unit]), remedy) for unit in units
    )


def unusable(code: str, said: str, remedy: str) -> Unusable:
    return Unusable([Problem((), code, said, remedy)])


def settled(found: Floats, x: Floats, undefined: Flags, constant: str, midpoint: float) -> Floats:
    """The normalised values, where the parameters are undefined those of the policy.

    found, x: (..., n)    undefined: (...,), such as a spread of zero    constant: missing, midpoint or error
    """
    undefined = undefined & ~np.isnan(x).all(axis=-1)
    if not undefined.any():
        return found
    if constant == "error":
        said = "the indicator does not vary, so nothing can be spread over a range"
        remedy = "Declare constant: missing or constant: midpoint, or leave the indicator out"
        raise unusable("normalise.constant", said, remedy)
    instead = midpoint if constant == "midpoint" else np.nan
    return np.where(undefined[..., None], np.where(np.isnan(x), np.nan, instead), found)


def share(part: Floats, whole: Floats, undefined: Flags) -> Floats:
    """part (..., n) of whole (...,); where that is undefined the outcome has no meaning and is to be settled."""
    return part / np.where(undefined, 1.0, whole)[..., None]


def onto(unit: Floats, to: Range) -> Floats:
    """From [0, 1] onto a range."""
    return to[0] + unit * (to[1] - to[0])


def middle(to: Range) -> float:
    return (to[0] + to[1]) / 2.0
