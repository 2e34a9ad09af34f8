"""Stages before aggregation against the published figures of the ASEM index: 51 economies, 49 indicators."""

from functools import cache

import numpy as np
import pytest

from kurak.engines.composite.declaration import Screen
from kurak.engines.composite.denominating import divided, sized
from kurak.engines.composite.imputing import IMPUTATIONS
from kurak.engines.composite.normalising import NORMALISATIONS
from kurak.engines.composite.ranks import ranked
from kurak.engines.composite.screening import availability, screen, screened
from kurak.engines.composite.statistics import describe, oddities
from kurak.engines.composite.treating import TREATMENTS
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
    whole,
)

pytestmark = pytest.mark.published

F, H, L = "f_denominate_screen", "h_ranks", "l_coherence"


def denominated(code):
    name = meta()[code]["Denominator"]
    return divided(raw(code), raw(name))[0] if name else raw(code)


def test_indicators_are_divided_as_published():
    for code, published in asem.columns(F, "denominated.csv").items():
        np.testing.assert_allclose(denominated(code), published, rtol=1e-9, err_msg=code)


def test_denominators_may_have_a_scale_factor():
    how = {row["iCode"]: row for row in asem.rows(F, "denomby_custom.csv")}
    published = asem.columns(F, "denominated_custom.csv")
    assert {"Goods", "Flights", "FDI"} <= how.keys()
    for code, row in how.items():
        found, _ = divided(raw(code), raw(row["Denominator"]), float(row["ScaleFactor"]))
        np.testing.assert_allclose(found, published[code], rtol=1e-9, err_msg=code)


def test_the_data_of_units_are_as_complete_as_published():
    columns, published = list(meta()), asem.columns(F, "data_availability_by_group.csv")
    np.testing.assert_allclose(availability(whole()), asem.columns(F, "data_availability.csv")["Dat_Avail"], rtol=1e-9)
    for pillar, children in asem.tree()[0].items():
        share = availability(whole()[:, [columns.index(child) for child in children]])
        np.testing.assert_allclose(share, published[pillar], rtol=1e-9, err_msg=pillar)


SCREENS = {
    "screen_byNA_0.9_0.95": Screen(available=0.9),
    "screen_byzeros_0.9_0.95": Screen(not_zero=0.95),
    "screen_byNAandzeros_0.9_0.95": Screen(available=0.9, not_zero=0.95),
    "screen_byNA_0.9_forced": Screen(available=0.9, keep=("BRN",), drop=("AUT",)),
}
all_columns = {"tree": range(49), "inside": {}}


@pytest.mark.parametrize("case", SCREENS)
def test_units_are_screened_as_published(case):
    found = screen(whole(), SCREENS[case], units(), **all_columns)
    published = {row["uCode"]: row for row in asem.rows(F, f"{case}_summary.csv")}
    assert [*published] == units()
    assert found.kept.tolist() == [row["Included"] == "TRUE" for row in published.values()]
    np.testing.assert_allclose(found.not_zero, [float(row["Non_Zero"]) for row in published.values()], rtol=1e-9)
    removed = f"{case}_removed.csv"
    if asem.DATA.joinpath(F, removed).exists():
        assert np.array(units())[~found.kept].tolist() == [row["uCode"] for row in asem.rows(F, removed)]


def test_scores_of_the_units_that_are_left_are_the_published_ones():
    kept, why = screened(whole(), Screen(available=0.9), units(), **all_columns)
    assert len(why) == (~kept).sum() > 0
    minmax = NORMALISATIONS["minmax"].run
    columns = {code: minmax(raw(code)[kept], direction=direction(code), reference=None) for code in meta()}
    assert_aggregates(aggregated(columns), F, "screened_minmax_amean")


def test_ties_and_gaps_are_ranked_as_published():
    ranks = asem.columns(H, "ties_ranks.csv")
    for name, scores in asem.columns(H, "ties_input.csv").items():
        np.testing.assert_array_equal(ranked(scores, digits=17), ranks[name])


def test_values_that_differ_in_the_last_bit_only_tie_unlike_in_the_peer():
    scores = asem.columns(H, "ties_input.csv")["C"]
    assert ranked(scores)[[2, 3]].tolist() == [4, 4]  # 0.1 and 0.10000000000000002
    assert ranked(scores)[[4, 5]].tolist() == [2, 2]  # 0.1 + 0.2 and 0.3


def test_ranks_of_every_level_and_indicator_are_the_published_ones():
    scores, published = asem.columns("full", "aggregated.csv"), asem.columns(H, "ranks_all_levels_incl_indicators.csv")
    for code, ranks in published.items():
        np.testing.assert_array_equal(ranked(scores[code], digits=17), ranks, err_msg=code)


def test_ranks_inside_groups_are_the_published_ones():
    published = asem.columns(H, "group_ranks_EurAsia.csv")
    scores, group = asem.columns("full", "aggregated.csv"), labels("EurAsia_group")
    for code in AGGREGATES:
        found = np.full(len(group), np.nan)
        for label in np.unique(group):
            found[group == label] = ranked(scores[code][group == label])
        np.testing.assert_array_equal(found, published[code], err_msg=code)


STATISTICS = {
    "Min": lambda of: of.low,
    "Max": lambda of: of.high,
    "Mean": lambda of: of.mean,
    "Median": lambda of: of.median,
    "Std": lambda of: of.sd,
    "Skew": lambda of: of.skew,
    "Kurt": lambda of: of.kurtosis,
    "N.Avail": lambda of: of.n,
    "N.NonZero": lambda of: of.n - of.zeros,
    "N.Unique": lambda of: of.unique,
    "N.Same": lambda of: of.same,
    "Frc.Avail": lambda of: of.available,
    "Frc.NonZero": lambda of: of.share(of.n - of.zeros),
    "Frc.Unique": lambda of: of.share(of.unique),
    "Frc.Same": lambda of: of.share(of.same),
}
FLAGS = {
    "Flag.Avail": lambda odd: odd.scarce,
    "Flag.NonZero": lambda odd: odd.zeros,
    "Flag.Unique": lambda odd: odd.repeated,
    "Flag.SkewKurt": lambda odd: odd.outliers,
}


def statistics_of(case):
    rows = asem.rows(L, f"stats_{case}.csv")
    order = [row["iCode"] for row in rows]
    x = whole() if case == "raw" else asem.matrix("full", "treated.csv", of=order)
    return rows, describe(x[:, [list(meta()).index(code) for code in order]] if case == "raw" else x)


@pytest.mark.parametrize("name", STATISTICS)
@pytest.mark.parametrize("case", ["raw", "full_treated"])
def test_statistics_of_every_indicator_are_the_published_ones(case, name):
    rows, found = statistics_of(case)
    published = [float(row[name]) for row in rows]
    np.testing.assert_allclose(STATISTICS[name](found), published, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", FLAGS)
@pytest.mark.parametrize("case", ["raw", "full_treated"])
def test_flags_of_every_indicator_are_the_published_ones(case, name):
    rows, found = statistics_of(case)
    assert FLAGS[name](oddities(found)).tolist() == [row[name] != "ok" for row in rows]


def test_indicators_that_follow_size_are_the_published_ones():
    sizes = ["Area", "Energy", "GDP", "Population"]
    found = sized(whole(), np.column_stack([raw(name) for name in sizes]), list(meta()), sizes)
    published = {(row["Ind"], row["Denom"]): float(row["Corr"]) for row in asem.rows(L, "denominator_corr_0.6_raw.csv")}
    assert {(each.indicator, each.size): each.r for each in found} == pytest.approx(published, rel=1e-9)


@cache
def pipeline():
    """The reference pipeline, stage by stage."""
    divided_columns = np.column_stack([denominated(code) for code in meta()])
    filled = IMPUTATIONS["group-mean"].run(
        divided_columns, directions=None, parents=None, labels=labels("EurAsia_group"), units=None, periods=None
    )
    kept, _ = screened(filled, Screen(available=0.9), units(), **all_columns)
    treated = [TREATMENTS["winsorise"].run(column, then="log-ct").values for column in filled.T]
    signs = [direction(code) for code in meta()]
    minmax = NORMALISATIONS["minmax"].run
    normal = [minmax(x, direction=sign, reference=None) for x, sign in zip(treated, signs, strict=True)]
    found = {"denominated": divided_columns, "imputed": filled, "screened": filled[kept]}
    return found | {"treated": np.column_stack(treated), "normalised": np.column_stack(normal)}


@pytest.mark.parametrize("stage", ["denominated", "imputed", "screened", "treated", "normalised"])
def test_every_stage_of_the_reference_pipeline_is_the_published_one(stage):
    np.testing.assert_allclose(pipeline()[stage], asem.matrix("full", f"{stage}.csv", of=meta()), rtol=1e-9, atol=1e-9)


def test_the_index_of_the_reference_pipeline_is_the_published_one():
    found = aggregated(dict(zip(meta(), pipeline()["normalised"].T, strict=True)))
    scores, ranks = asem.columns("full", "aggregated.csv"), asem.columns("full", "ranks.csv")
    for code in AGGREGATES:
        np.testing.assert_allclose(found[code], scores[code], rtol=1e-9, err_msg=code)
        np.testing.assert_array_equal(ranked(found[code]), ranks[code], err_msg=code)
