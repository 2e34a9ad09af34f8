"""Imputation, panels and trends against the published figures of the ASEM index."""

from functools import cache

import numpy as np
import pytest

from kurak.engines.composite.imputing import IMPUTATIONS
from kurak.engines.composite.normalising import NORMALISATIONS
from kurak.engines.composite.panels import trends
from tests.published import asem
from tests.published.asem_inputs import (
    AGGREGATES,
    aggregated,
    assert_aggregates,
    direction,
    labels,
    meta,
    raw,
    units,
)

pytestmark = pytest.mark.published

E, M = "e_impute", "m_extra"


def imputed(by, group=None, **settings):
    """All indicators, (n, k), in the order of the metadata."""
    pillars = {code: number for number, children in enumerate(asem.tree()[0].values()) for code in children}
    return IMPUTATIONS[by].run(
        np.column_stack([raw(code) for code in meta()]),
        directions=np.array([direction(code) for code in meta()]),
        parents=np.array([pillars[code] for code in meta()]),
        labels=labels(group) if group else None,
        units=np.array(units()),
        periods=None,
        **settings,
    )


IMPUTED = {
    "mean": lambda: imputed("mean"),
    "median": lambda: imputed("median"),
    "mean_group_EurAsia": lambda: imputed("group-mean", "EurAsia_group"),
    "mean_group_GDP": lambda: imputed("group-mean", "GDP_group"),
    "median_group_EurAsia": lambda: imputed("group-median", "EurAsia_group"),
    "median_group_Pop": lambda: imputed("group-median", "Pop_group"),
    "row_mean_within_pillar": lambda: imputed("row-mean"),
    "row_mean_within_pillar_not_normalised": lambda: imputed("row-mean", scale="none"),
    "row_median_all": lambda: imputed("row-median", within="all"),
}


@pytest.mark.parametrize("case", IMPUTED)
def test_missing_values_are_imputed_as_published_and_the_others_keep_every_bit(case):
    found, before = IMPUTED[case](), np.column_stack([raw(code) for code in meta()])
    np.testing.assert_allclose(found, asem.matrix(E, f"{case}.csv", of=meta()), rtol=1e-9)
    np.testing.assert_array_equal(found[~np.isnan(before)], before[~np.isnan(before)])


def test_scores_and_ranks_after_imputing_are_the_published_ones():
    found = dict(zip(meta(), IMPUTED["mean_group_EurAsia"]().T, strict=True))
    minmax = NORMALISATIONS["minmax"].run
    columns = {code: minmax(x, direction=direction(code), reference=None) for code, x in found.items()}
    assert_aggregates(aggregated(columns), E, "mean_group_EurAsia_minmax_amean")


@cache
def panel(*path):
    """(units, periods, {column: values}) of a panel file, by unit and period."""
    found = sorted(asem.rows(*path), key=lambda row: (row["uCode"], row["Time"]))
    names = [name for name in found[0] if name in meta() or name in AGGREGATES]
    values = {name: np.array([asem.number(row[name]) for row in found]) for name in names}
    return np.array([row["uCode"] for row in found]), np.array([row["Time"] for row in found]), values


PANEL_IMPUTED = {
    "latest": ("latest", {}),
    "latest_max1": ("latest", {"max_age": 1}),
    "constant": ("constant", {}),
    "linear": ("linear", {}),
    "linear-constant": ("linear-constant", {}),
}


@pytest.mark.parametrize("case", PANEL_IMPUTED)
def test_holes_of_a_panel_are_filled_as_published(case):
    by, settings = PANEL_IMPUTED[case]
    who, when, holes = panel(M, "panel_holes_input.csv")
    x = np.column_stack([*holes.values()])
    found = IMPUTATIONS[by].run(x, directions=None, parents=None, labels=None, units=who, periods=when, **settings)
    _, _, published = panel(M, f"panel_imputed_{case}.csv")
    np.testing.assert_allclose(found, np.column_stack([*published.values()]), rtol=1e-9)
    np.testing.assert_array_equal(found[~np.isnan(x)], x[~np.isnan(x)])


def normalised_panel(each_period):
    who, when, values = panel("inputs", "iData_panel.csv")
    scopes = [when == year for year in np.unique(when)] if each_period else [np.ones(len(when), bool)]
    found = {code: np.full(len(who), np.nan) for code in meta()}
    for code in meta():
        for scope in scopes:
            x = values[code][scope]
            found[code][scope] = NORMALISATIONS["minmax"].run(x, direction=direction(code), reference=None)
    return found


def test_a_panel_is_normalised_over_all_periods_as_published():
    _, _, published = panel(M, "panel_normalised_global.csv")
    for code, found in normalised_panel(each_period=False).items():
        np.testing.assert_allclose(found, published[code], rtol=1e-9, atol=1e-9, err_msg=code)


@pytest.mark.parametrize(("case", "each_period"), [("global", False), ("peryear", True)])
def test_scores_of_a_panel_are_the_published_ones(case, each_period):
    found = aggregated(normalised_panel(each_period))
    _, _, published = panel(M, f"panel_aggregated_{case}.csv")
    for code in AGGREGATES:
        np.testing.assert_allclose(found[code], published[code], rtol=1e-9, err_msg=code)


@pytest.mark.parametrize("of", ["Index", "raw3"])
@pytest.mark.parametrize(("name", "trend"), [("CAGR", "cagr"), ("prc_change", "percent-change")])
def test_trends_are_the_published_ones(of, name, trend):
    who, when, values = panel(M, "panel_aggregated_global.csv") if of == "Index" else panel("inputs", "iData_panel.csv")
    for row in asem.rows(M, f"panel_trends_{of}_{name}.csv"):
        found = dict(trends(values[row["iCode"]], who, when, by=trend))
        published = float(row[name])
        growth = published if np.isfinite(published) else np.nan  # from 0 nothing grows by a factor, not even infinite
        np.testing.assert_allclose(found[row["uCode"]], growth, rtol=1e-9, err_msg=str(row))
