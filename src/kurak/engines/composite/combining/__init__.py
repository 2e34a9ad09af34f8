"""Scores of units from the values of a node's children.

Each method is run as `run(values: (..., n, k), weights: (..., k), **settings) -> (..., n)`. Leading axes are draws and
broadcast. NaN children are left out and the others stand in for them; a unit without any has no score. Raises Unusable,
with the index of unit and child as path, for values that the method can't take.

traits: positive (needs values above 0), nonnegative, bounded (between the lowest and highest child), relative (a unit's
score depends on the other units), deficit (a higher score is worse)."""

from __future__ import annotations

from collections.abc import Mapping

from kurak.engines.composite.combining import balance, counting, doubt, kemeny, means, ordered, pairwise, thresholds
from kurak.engines.composite.methods import REQUIRED, Method, Setting

HANDBOOK = "OECD/JRC, Handbook on constructing composite indicators, 2008"
BOUNDED = frozenset({"bounded"})
RELATIVE = frozenset({"relative"})

_K = {"k": Setting("whole", REQUIRED, says="how many children")}
_HOLDS = Setting("number", 0.5, says="a child holds from this value on")
_INDIFFERENCE = Setting("number", 0.0, says="differences up to this count nothing")
_PREFERENCE = Setting("number", 0.0, says="differences from this on count in full")
_IMBALANCE = {
    "penalty": Setting("word", "minus", ("minus", "plus"), "minus where more is better, plus where less is"),
    "sd": Setting("word", "population", ("population", "sample"), "how S is taken over the children"),
}

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
    "mean-of-worst": Method(
        ordered.mean_of_worst, "mean of the lowest k of m, or k/m of the weight", _K, traits=BOUNDED
    ),
    "mean-of-best": Method(
        ordered.mean_of_best, "mean of the highest k of m, or k/m of the weight", _K, traits=BOUNDED
    ),
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
    "borda": Method(
        pairwise.borda, "Σ w·(units beaten in the child + half of the ties)", source="Borda 1781", traits=RELATIVE
    ),
    "copeland": Method(
        pairwise.copeland,
        "Σ_j sign(O_ij - 1/2), O_ij the share of weight in which i is better than j",
        source=f"Copeland 1951; {HANDBOOK}",
        traits=RELATIVE,
    ),
    "condorcet-kemeny": Method(
        kemeny.condorcet_kemeny,
        "units that come after in the order that respects most pairwise votes",
        {"most": Setting("whole", kemeny.MOST_EXACT, says="units in a circle up to which the order is proven")},
        "Kemeny 1959; Young and Levenglick 1978",
        RELATIVE,
    ),
    "benefit-of-the-doubt": Method(
        doubt.benefit_of_the_doubt,
        "max Σ w·x, so that no unit gets more than 1",
        {
            "least": Setting("share", 0.0, says="least share of a child in a unit's score"),
            "most": Setting("share", 1.0, says="most share of a child in a unit's score"),
            "for_each": Setting(
                "word", "unit", ("unit", "all"), "whether each unit has its weights, or all share one set"
            ),
        },
        "Melyn and Moesen 1991; Cherchye and others 2007",
        RELATIVE | {"nonnegative"},
    ),
    "promethee": Method(
        thresholds.promethee,
        "net flow of preferences over the other units",
        {"indifference": _INDIFFERENCE, "preference": _PREFERENCE},
        "Brans and Vincke 1985, PROMETHEE II",
        RELATIVE,
    ),
    "electre": Method(
        thresholds.electre,
        "net credibility: agreement of the children, weakened by strong opposition",
        {
            "indifference": _INDIFFERENCE,
            "preference": _PREFERENCE,
            "veto": Setting("number", float("inf"), says="a child worse by this much forbids to call a unit as good"),
        },
        "Roy 1978, ELECTRE III",
        RELATIVE,
    ),
    "mpi": Method(balance.mazziotta_pareto, "M ∓ S²/M", _IMBALANCE, "Mazziotta and Pareto 2016"),
    "ampi": Method(
        balance.mazziotta_pareto, "M ∓ S²/M on goalposts [70, 130]", _IMBALANCE, "Mazziotta and Pareto 2018"
    ),
    "mean-min": Method(
        balance.mean_min,
        "M - α·(√((M - min)² + β²) - β)",
        {
            "alpha": Setting("share", 1.0, says="how much of the imbalance is taken off"),
            "beta": Setting("number", 0.0, says="larger forgives small imbalances"),
        },
        "Casadio Tarabusi and Guarini 2013",
        BOUNDED,
    ),
    "wroclaw": Method(
        balance.wroclaw,
        "distance from the ideal / (mean + 2 sd of the distances)",
        {"better": Setting("word", "low", ("low", "high"), "low as published: 0 is the ideal; high gives 1 less that")},
        "Hellwig 1968",
        RELATIVE,
    ),
    "counting": Method(
        counting.deprivation,
        "share of the weight in which x lies below the cut",
        {
            "below": Setting("number", 1.0, says="the cut: a value below it is a deprivation"),
            "poor": Setting("share", 0.0, says="units deprived in less than this share count 0"),
        },
        "Alkire and Foster 2011",
        frozenset({"deficit"}),
    ),
    "all": Method(counting.all_of, "1 where every child holds", {"holds": _HOLDS}),
    "any": Method(counting.any_of, "1 where a child holds", {"holds": _HOLDS}),
    "at-least": Method(counting.at_least, "1 where k children hold", {**_K, "holds": _HOLDS}),
}
