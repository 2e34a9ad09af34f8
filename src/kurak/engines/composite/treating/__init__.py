"""Treatments of outliers. Each is run as `run(x: (n,), **settings) -> Treated`, on raw values, before the direction.

An indicator that passes its test is left as it is, unless `force` is set; constants and indicators of two values
always."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from kurak.engines.composite.methods import Method, Setting
from kurak.engines.composite.treating.treat import TRANSFORMS, Treated, transform, trim, winsorise

__all__ = ["TREATMENTS", "Treated"]

COIN_TOOL = "JRC, COIN Tool user guide, 2019"
BOX_COX = "Box and Cox, An analysis of transformations, 1964"

_test = {
    "test": Setting("word", "skew-kurtosis", ("skew-kurtosis", "iqr", "mad"), "what tells outliers"),
    "skew": Setting("number", 2.0, says="passed when |skewness| is below"),
    "kurtosis": Setting("number", 3.5, says="or when the excess kurtosis is below"),
    "fence": Setting("number", None, says="of iqr (1.5 where not given) and mad (3.5): how far out an outlier is"),
    "force": Setting("flag", False, says="treat whatever the test says"),
}
_power = {"power": Setting("number", None, says="of boxcox: λ; the likeliest where none is given")}


def _transforming(name: str, says: str, source: str) -> Method:
    takes = {**_test, **(_power if name == "boxcox" else {})}
    return Method(partial(transform, by=name), says, takes, source, frozenset({"transform"}))


TREATMENTS: Mapping[str, Method] = {
    "winsorise": Method(
        winsorise,
        "the furthest values become the next, until the test is passed",
        {
            "most": Setting("whole", 5, says="how many values may change; 0 for no limit"),
            "then": Setting("word", "none", ("none", *TRANSFORMS), "transformation where the test still fails"),
            "on": Setting("word", "original", ("original", "winsorised"), "values that are transformed then"),
            **_power,
            **_test,
        },
        COIN_TOOL,
    ),
    "trim": Method(
        trim,
        "values beyond two quantiles become these",
        {"low": Setting("share", 0.05), "high": Setting("share", 0.95), **_test},
        "OECD/JRC, Handbook on Constructing Composite Indicators, 2008",
    ),
    "log-ct": _transforming("log-ct", "ln(x - min + 0.01 range)", COIN_TOOL),
    "log-ct-plus": _transforming(
        "log-ct-plus", "as log-ct; for a tail below -ln(max + 0.01 range - x)", "Becker et al., COINr, JOSS, 2022"
    ),
    "log-ct-orig": _transforming("log-ct-orig", "ln(x - min + 1)", COIN_TOOL),
    "boxcox": _transforming("boxcox", "(y^λ - 1) / λ of y = x - min + 1; ln y for λ = 0", BOX_COX),
}
