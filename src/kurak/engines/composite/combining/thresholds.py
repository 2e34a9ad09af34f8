"""Pairwise rules with thresholds: small differences don't count, large ones can veto.

values: (..., n, k), NaN where missing    weights: (..., k), at least 0; a child of weight 0 is left out
Thresholds are differences of values. A unit's score depends on which other units are there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.combining.pairwise import blocks, draw_by_draw, only_with_data
from kurak.engines.composite.combining.present import counted

type Floats = NDArray[np.float64]


def promethee(values: Floats, weights: Floats, *, indifference: float = 0.0, preference: float = 0.0) -> Floats:
    """Net flow, -1..1: mean over the other units of how much this one is preferred, less how much they are.

    A difference up to `indifference` counts 0, from `preference` on 1, and in between its share of the way.
    Source: Brans and Vincke 1985, PROMETHEE II with the linear criterion.

    >>> promethee(np.array([[1.0], [2.0], [4.0]]), np.ones(1), preference=2.0)
    array([-0.75, -0.25,  1.  ])
    """

    def preferred(difference: Floats) -> Floats:
        return _ramp(difference, indifference, preference)

    def one(x: Floats, w: Floats) -> Floats:
        return _net_flow(x, w, [rows for _, rows in blocks(x, w, preferred)])

    return draw_by_draw(one, values, weights)


def electre(
    values: Floats, weights: Floats, *, indifference: float = 0.0, preference: float = 0.0, veto: float = np.inf
) -> Floats:
    """Net credibility, -1..1: how credible it is that this unit is at least as good as the others, less the reverse.

    A child agrees unless the other unit is better by more than `indifference`, and opposes from `preference` on. From
    `preference` up to `veto` opposition grows; where it exceeds the agreement of all, it weakens it, and a veto of one
    child makes it 0. Source: Roy 1978, ELECTRE III; net credibility instead of distillation.

    >>> electre(np.array([[9.0, 0.0], [5.0, 5.0]]), np.ones(2), veto=5.0)
    array([-0.2,  0.2])
    """

    def agrees(difference: Floats) -> Floats:
        return 1.0 - _ramp(-difference, indifference, preference)

    def one(x: Floats, w: Floats) -> Floats:
        flows = [rows * _not_opposed(counted(x, w), at, rows, preference, veto) for at, rows in blocks(x, w, agrees)]
        return _net_flow(x, w, flows)

    return draw_by_draw(one, values, weights)


def _ramp(difference: Floats, low: float, high: float) -> Floats:
    """0 up to low, 1 from high on (above low, where the two are one)."""
    if high <= low:
        return (difference > low).astype(float)
    return np.clip((difference - low) / (high - low), 0.0, 1.0)


def _not_opposed(x: Floats, rows: slice, concordance: Floats, preference: float, veto: float) -> Floats:
    left = np.ones(concordance.shape)
    if not np.isfinite(veto):
        return left
    for child in range(x.shape[-1]):
        worse = x[..., None, :, child] - x[..., rows, child][..., :, None]
        discord = np.where(np.isnan(worse), 0.0, np.where(worse >= veto, 1.0, _ramp(worse, preference, veto)))
        stronger = discord > concordance
        left = left * np.where(stronger, (1 - discord) / np.where(stronger, 1 - concordance, 1.0), 1.0)
    return left


def _net_flow(values: Floats, weights: Floats, blocks_of_rows: list[Floats]) -> Floats:
    flow = np.concatenate(blocks_of_rows, axis=-2)
    net = flow - np.swapaxes(flow, -1, -2)
    compared = np.sum(~np.isnan(net), axis=-1) - 1
    total = np.where(np.isnan(net), 0.0, net).sum(axis=-1)
    return only_with_data(total / np.maximum(compared, 1), values, weights)
