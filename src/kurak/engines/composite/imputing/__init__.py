"""Imputations: what stands in for a missing value. Each leaves the values that are there as they are, bit for bit.

Each is run as `run(x: (n, k), *, directions: (k,), parents: (k,) whole numbers, labels: (n,) or None, units: (n,),
periods: (n,) or None, **settings) -> (n, k)`. labels: of the column that the setting `group` names. What can't be
imputed stays missing."""

from __future__ import annotations

from collections.abc import Mapping

from kurak.engines.composite.imputing import columns
from kurak.engines.composite.methods import REQUIRED, Method, Setting

HANDBOOK = "OECD/JRC, Handbook on Constructing Composite Indicators, 2008"

_group = {
    "group": Setting("column", REQUIRED, says="the column of labels"),
    "otherwise": Setting("word", "missing", ("missing", "overall"), "for a group without values, a unit without group"),
}

IMPUTATIONS: Mapping[str, Method] = {
    "mean": Method(columns.mean, "the mean over the units that have it", {}, HANDBOOK),
    "median": Method(columns.median, "the median over the units that have it", {}, HANDBOOK),
    "group-mean": Method(columns.group_mean, "the mean over the units of the same group", _group, HANDBOOK),
    "group-median": Method(columns.group_median, "the median over the units of the same group", _group, HANDBOOK),
}
