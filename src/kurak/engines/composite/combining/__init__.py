"""Scores of units from the values of a node's children.

Each method is run as `run(values: (..., n, k), weights: (..., k), **settings) -> (..., n)`. Leading axes are draws and
broadcast. NaN children are left out and the others stand in for them; a unit without any has no score. Raises Unusable,
with the index of unit and child as path, for values that the method can't take.

traits: positive (needs values above 0), nonnegative, bounded (between the lowest and highest child), relative (a unit's
score depends on the other units), deficit (a higher score is worse)."""

from __future__ import annotations

from collections.abc import Mapping

from kurak.engines.composite.combining import means, ordered
from kurak.engines.composite.methods import REQUIRED, Method, Setting

HANDBOOK = "OECD/JRC, Handbook on constructing composite indicators, 2008"
BOUNDED = frozenset({"bounded"})

_K = {"k": Setting("whole", REQUIRED, says="how many children")}

COMBINATIONS: Mapping[str, Method] = {
    "mean": Method(means.mean, "Σ w·x / Σ w", source=HANDBOOK, traits=BOUNDED),
    "geometric": Method(
        means.geometric,
        "exp(Σ w·ln x / Σ w)",
        {
            "zero": Setting("word", "error", ("error", "zero"), "what a value of 0 does: refused, or the score is 0"),
            "floor": Setting("number", None, says="lower values are put there"),
        },
        HANDBOOK,
        BOUNDED | {"positive"},
    ),
    "harmonic": Method(means.harmonic, "Σ w / Σ (w/x)", source=HANDBOOK, traits=BOUNDED | {"positive"}),
    "power": Method(
        means.power,
        "(Σ w·x^p / Σ w)^(1/p)",
        {"p": Setting("number", REQUIRED, says="1 arithmetic, 0 geometric, -1 harmonic; lower stresses the worst")},
        "Decancq and Lugo, Weights in multidimensional indices of wellbeing, 2013",
        BOUNDED | {"nonnegative"},
    ),
    "product": Method(means.product, "Π x^w", traits=frozenset({"nonnegative"})),
    "sum": Method(means.total, "Σ w·x"),
    "min": Method(ordered.lowest, "min x", traits=BOUNDED),
    "max": Method(ordered.highest, "max x", traits=BOUNDED),
    "median": Method(ordered.median, "weighted median of x", traits=BOUNDED),
    "mean-of-worst": Method(ordered.mean_of_worst, "Σ w·x / Σ w over the k lowest", _K, traits=BOUNDED),
    "mean-of-best": Method(ordered.mean_of_best, "Σ w·x / Σ w over the k highest", _K, traits=BOUNDED),
    "owa": Method(
        ordered.owa,
        "Σ ω_r·x_(r), best first",
        {
            "order": Setting("numbers", None, says="weight of each place, from the best child to the worst"),
            "exponent": Setting("number", None, says="instead of order; above 1 stresses the worst"),
        },
        "Yager 1988; Torra 1997",
        BOUNDED,
    ),
}
