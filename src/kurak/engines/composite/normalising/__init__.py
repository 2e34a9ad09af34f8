"""Normalisations: raw values of an indicator onto a scale where more is better.

Each is run as `run(x: (..., n), *, direction: +1 or -1, reference: (n,) or None, **settings) -> (..., n)`. traits:
bounded (onto [a, b] of the setting `to`), ordinal (keeps the order only), unit (its setting `unit` is given as the row
of that unit), panel (also takes `units: (n,)` and `periods: (n,)`), local (a unit's value does not depend on the
others)."""

from __future__ import annotations

from collections.abc import Mapping

from kurak.engines.composite.methods import REQUIRED, Method, Setting
from kurak.engines.composite.normalising import changing, linear, ordering, shapes
from kurak.engines.composite.normalising.parameters import CONSTANT, HUNDRED

HANDBOOK = "OECD/JRC, Handbook on Constructing Composite Indicators, 2008"

_constant = {"constant": Setting("word", "missing", CONSTANT, "what an indicator becomes that does not vary")}
_hundred = {"to": Setting("pair", HUNDRED, says="range of the outcome, from the worst to the best")}
_one = {"to": Setting("pair", (0.0, 1.0), says="range of the outcome, from the worst to the best")}
_log = {
    "log": Setting("flag", False, says="take the logarithm first"),
    "plus": Setting("number", 0.0, says="added before the logarithm"),
}
_ties = {
    "ties": Setting("word", "min", ("min", "dense", "average", "max"), "the rank that equal values share"),
    "digits": Setting("whole", 12, says="significant digits in which equal values agree; from 16 to the last bit"),
}
_moved = {
    "mean": Setting("number", 0.0, says="of the outcome"),
    "sd": Setting("number", 1.0, says="of the outcome"),
}
_cap = "whether what lies beyond has no more than the full score"

NORMALISATIONS: Mapping[str, Method] = {
    "none": Method(shapes.none, "v", traits=frozenset({"local"})),
    "minmax": Method(
        linear.minmax,
        "a + (v - min) / (max - min) · (b - a)",
        {**_hundred, "clip": Setting("flag", False, says="cut to the range"), **_constant, **_log},
        HANDBOOK,
        frozenset({"bounded"}),
    ),
    "zscore": Method(
        linear.zscore,
        "m + s · (v - mean) / sd",
        {
            **_moved,
            "divisor": Setting("word", "sample", ("sample", "population"), "of the sd: n - 1 or n"),
            **_constant,
            **_log,
        },
        HANDBOOK,
    ),
    "robust-z": Method(
        linear.robust,
        "m + s · (v - median) / (1.4826 MAD)",
        {**_moved, **_constant, **_log},
        "Rousseeuw and Croux, Alternatives to the median absolute deviation, 1993",
    ),
    "rank": Method(ordering.rank, "rank, 1 the worst", _ties, HANDBOOK, frozenset({"ordinal"})),
    "percentile": Method(
        ordering.percentile,
        "(rank - 1) / (n - 1), or (average rank - 0.5) / n",
        {**_ties, "mid": Setting("flag", False, says="the mid-rank"), **_one, **_constant},
        HANDBOOK,
        frozenset({"ordinal", "bounded"}),
    ),
    "borda": Method(ordering.borda, "rank - 1", _ties, "Borda 1781", frozenset({"ordinal"})),
    "best": Method(linear.best, "1 - (max - v) / (max - min)", {**_one, **_constant}, HANDBOOK, frozenset({"bounded"})),
    "unit": Method(
        linear.unit,
        "1 - (v of the unit - v) / (v of the unit - min)",
        {
            "unit": Setting("column", REQUIRED, says="the code of the reference unit"),
            "cap": Setting("flag", False, says=_cap),
            **_one,
            **_constant,
        },
        HANDBOOK,
        frozenset({"unit"}),
    ),
    "target": Method(
        linear.target,
        "(x - min) / (T - min); where less is better (max - x) / (max - T)",
        {
            "target": Setting("number", REQUIRED, says="in raw units"),
            "cap": Setting("flag", True, says=_cap),
            **_one,
            **_constant,
            **_log,
        },
        HANDBOOK,
    ),
    "goalposts": Method(
        linear.goalposts,
        "(x - low) / (high - low); where less is better (high - x) / (high - low)",
        {
            "low": Setting("number", REQUIRED, says="in raw units"),
            "high": Setting("number", REQUIRED, says="in raw units"),
            "clip": Setting("flag", True, says="cut to the range"),
            **_hundred,
            **_log,
        },
        "UNDP, Human Development Report, technical notes",
        frozenset({"bounded", "local"}),
    ),
    "fraction": Method(
        linear.fraction,
        "x / max; where less is better min / x",
        {**_one, **_constant},
        HANDBOOK,
        frozenset({"bounded"}),
    ),
    "logistic": Method(
        shapes.logistic,
        "1 / (1 + exp(-k (x - c)))",
        {
            "centre": Setting("number", None, says="in raw units; the mean where none is given"),
            "steepness": Setting("number", None, says="per raw unit; 1 / sd where none is given"),
            **_one,
            **_constant,
        },
        "Verhulst 1845",
        frozenset({"bounded"}),
    ),
    "categorical": Method(
        ordering.categorical,
        "the level of the class; a value on a cut belongs to the better class",
        {
            "levels": Setting("numbers", ordering.LEVELS, says="from the worst to the best, one more than cuts"),
            "percentiles": Setting("numbers", ordering.PERCENTILES, says="of the data, where to cut"),
            "cuts": Setting("numbers", None, says="instead of percentiles, in raw units"),
        },
        HANDBOOK,
        frozenset({"ordinal"}),
    ),
    "above-below-mean": Method(
        ordering.above_below_mean,
        "+1 if v > mean + p·|mean|, -1 if v < mean - p·|mean|, else 0",
        {"margin": Setting("share", 0.0, says="p, a share of the mean")},
        HANDBOOK,
        frozenset({"ordinal"}),
    ),
    "log": Method(shapes.log, "ln(x + c)", {"plus": Setting("number", 0.0, says="c")}, HANDBOOK, frozenset({"local"})),
    "piecewise": Method(
        shapes.piecewise,
        "linear between the knots, flat outside",
        {"knots": Setting("pairs", REQUIRED, says="[raw value, score] each; they carry the direction")},
        "",
        frozenset({"local"}),
    ),
    "change": Method(changing.change, "(x of t - x of t-1) / |x of t-1|", {}, HANDBOOK, frozenset({"panel"})),
    "cyclical": Method(changing.cyclical, "(x of t - E x) / E |x of t - E x|", {}, HANDBOOK, frozenset({"panel"})),
    "balance": Method(
        changing.balance, "100 / N · Σ sgn(x of t - x of t-1)", {}, HANDBOOK, frozenset({"panel", "ordinal"})
    ),
}
