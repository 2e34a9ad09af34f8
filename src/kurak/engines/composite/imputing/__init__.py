"""Imputations: what stands in for a missing value. Each leaves the values that are there as they are, bit for bit.

Each is run as `run(x: (n, k), *, directions: (k,), parents: (k,) whole numbers, labels: (n,) or None, units: (n,),
periods: (n,) or None, **settings) -> (n, k)`. labels: of the column that the setting `group` names. What can't be
imputed stays missing. traits: panel (from other periods of the unit), random (a draw, of its seed)."""

from __future__ import annotations

from collections.abc import Mapping

from kurak.engines.composite.imputing import columns, hot_deck, likelihood, over_time, regressing, rows
from kurak.engines.composite.methods import REQUIRED, Method, Setting

HANDBOOK = "OECD/JRC, Handbook on Constructing Composite Indicators, 2008"
PANEL = frozenset({"panel"})

_group = {
    "group": Setting("column", REQUIRED, says="the column of labels"),
    "otherwise": Setting("word", "missing", ("missing", "overall"), "for a group without values, a unit without group"),
}
_within = {"within": Setting("word", "parent", ("parent", "all"), "which indicators inform one another")}
_row = {**_within, "scale": Setting("word", "minmax", ("minmax", "none"), "how indicators are made comparable first")}
_model = {**_within, "ridge": Setting("number", 0.0, says="weight, in units, of a prior of independence")}
_seed = {"seed": Setting("whole", 0, says="of the random draw")}
_ends = {"ends": Setting("word", "flat", ("flat", "missing"), "before the first and after the last value")}

IMPUTATIONS: Mapping[str, Method] = {
    "mean": Method(columns.mean, "the mean over the units that have it", {}, HANDBOOK),
    "median": Method(columns.median, "the median over the units that have it", {}, HANDBOOK),
    "group-mean": Method(columns.group_mean, "the mean over the units of the same group", _group, HANDBOOK),
    "group-median": Method(columns.group_median, "the median over the units of the same group", _group, HANDBOOK),
    "row-mean": Method(rows.row_mean, "as far up its range as the unit's other indicators on average", _row, HANDBOOK),
    "row-median": Method(rows.row_median, "as far up its range as the unit's median indicator", _row, HANDBOOK),
    "regression": Method(
        regressing.regression,
        "a + Σ b·z, z the indicators that correlate most",
        {
            **_within,
            "predictors": Setting("whole", 3, says="how many at most"),
            "draw": Setting("flag", False, says="add a random residual"),
            **_seed,
        },
        HANDBOOK,
    ),
    "hot-deck": Method(
        hot_deck.hot_deck,
        "the value of the most similar unit",
        {
            "shared": Setting("whole", 3, says="indicators that both units must have"),
            "metric": Setting("word", "gower", ("gower", "euclidean"), "distance between units"),
        },
        "Gower, A general coefficient of similarity, 1971",
    ),
    "em": Method(
        likelihood.em, "E(x | the unit's other indicators), multivariate normal", _model, "Dempster, Laird, Rubin 1977"
    ),
    "draw": Method(
        likelihood.one_draw,
        "a draw from the multivariate normal model of units drawn with replacement",
        {**_model, **_seed, "number": Setting("whole", 0, says="which of the draws of this seed")},
        "Honaker and King, 2010",
        frozenset({"random"}),
    ),
    "multiple": Method(
        likelihood.multiple,
        "the mean of several such draws",
        {**_model, **_seed, "draws": Setting("whole", 20, says="how many")},
        "Rubin, Multiple Imputation for Nonresponse in Surveys, 1987",
        frozenset({"random"}),
    ),
    "latest": Method(
        over_time.latest,
        "the unit's last value before",
        {"max_age": Setting("number", None, says="how old it may be, in years")},
        traits=PANEL,
    ),
    "linear": Method(
        over_time.linear,
        "on the line between the unit's values before and after",
        {**_ends, "single": Setting("word", "missing", ("missing", "constant"), "a series with one value")},
        traits=PANEL,
    ),
    "linear-constant": Method(
        over_time.linear_constant, "on the line between; one value alone holds always", _ends, traits=PANEL
    ),
    "constant": Method(over_time.constant, "the unit's last value before, or its first", traits=PANEL),
}
