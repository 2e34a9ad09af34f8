"""Stages before aggregation against the published figures of the ASEM index: 51 economies, 49 indicators."""

from functools import cache

import numpy as np
import pytest

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.declaration import Screen
from kurak.engines.composite.denominating import divided, sized
from kurak.engines.composite.imputing import IMPUTATIONS
from kurak.engines.composite.normalising import NORMALISATIONS
from kurak.engines.composite.panels import trends
from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.ranks import ranked
from kurak.engines.composite.screening import availability, screen, screened
from kurak.engines.composite.statistics import describe, oddities
from kurak.engines.composite.treating import TREATMENTS
from kurak.engines.composite.treating.transforming import boxcox, log_ct, log_ct_orig, log_ct_plus
from tests.published import asem

pytestmark = pytest.mark.published

C, D, E, M = "c_normalise", "d_treat", "e_impute", "m_extra"
F, H, L = "f_denominate_screen", "h_ranks", "l_coherence"


@cache
def meta():
    return {row["iCode"]: row for row in asem.rows("inputs", "iMeta.csv") if row["Type"] == "Indicator"}


@cache
def inputs():
    """Rows of the input table, by unit in alphabetical order as all results are."""
    return sorted(asem.rows("inputs", "iData.csv"), key=lambda row: row["uCode"])


def units():
    return [row["uCode"] for row in inputs()]


def raw(code):
    return np.array([asem.number(row[code]) for row in inputs()])


def labels(column):
    return np.array([row[column] for row in inputs()])


def direction(code):
    return int(meta()[code]["Direction"])


@cache
def declared():
    """Parameters of the family that declares them for each indicator."""
    return {row["iCode"]: row for row in asem.rows(C, "per_indicator_parameters.csv") if row["Type"] == "Indicator"}


def number(code, name):
    return asem.number(declared()[code][name])


def normalised(code, by, **settings):
    return NORMALISATIONS[by].run(raw(code), direction=direction(code), reference=None, **settings)


def goalposts(code, **settings):
    low, high = number(code, "goalpost_lower"), number(code, "goalpost_upper")
    return normalised(code, "goalposts", low=low, high=high, **settings)


def scaled(code):
    low, high = sorted(abs(number(code, name)) for name in ("scaled_lower", "scaled_upper"))
    return normalised(code, "goalposts", low=low, high=high, clip=False)


NORMALISED = {
    "zscore_0_1": lambda code: normalised(code, "zscore"),
    "zscore_10_2": lambda code: normalised(code, "zscore", mean=10, sd=2),
    "rank_min": lambda code: normalised(code, "rank", digits=17),
    "rank_average": lambda code: normalised(code, "rank", ties="average", digits=17),
    "prank_min": lambda code: normalised(code, "percentile", digits=17),
    "prank_average": lambda code: normalised(code, "percentile", ties="average", digits=17),
    "borda_min": lambda code: normalised(code, "borda", digits=17),
    "dist2max": lambda code: normalised(code, "best"),
    "dist2ref_DEU_capTRUE": lambda code: normalised(code, "unit", unit=units().index("DEU"), cap=True),
    "dist2ref_DEU_capFALSE": lambda code: normalised(code, "unit", unit=units().index("DEU")),
    "minmax_1_10": lambda code: normalised(code, "minmax", to=(1, 10)),
    "iMeta_goalposts": goalposts,
    "iMeta_goalposts_uncapped": lambda code: goalposts(code, clip=False),
    "iMeta_dist2targ": lambda code: normalised(code, "target", target=number(code, "Target")),
    "iMeta_dist2targ_uncapped": lambda code: normalised(code, "target", target=number(code, "Target"), cap=False),
    "iMeta_scaled": scaled,
    "iMeta_minmax": lambda code: normalised(
        code, "minmax", to=(number(code, "minmax_lower"), number(code, "minmax_upper"))
    ),
    "iMeta_zscore": lambda code: normalised(
        code, "zscore", mean=number(code, "zscore_mean"), sd=number(code, "zscore_sd")
    ),
}
AGGREGATED = [case for case in NORMALISED if not case.startswith("dist2ref") and not case.endswith("_uncapped")]


@pytest.mark.parametrize("case", NORMALISED)
def test_every_indicator_is_normalised_as_published(case):
    published = asem.columns(C, f"{case}_normalised.csv")
    assert asem.units(C, f"{case}_normalised.csv") == tuple(units())
    for code, values in published.items():
        np.testing.assert_allclose(NORMALISED[case](code), values, rtol=1e-9, atol=1e-12, err_msg=code)


def aggregated(columns):
    """Every aggregate of normalised indicators, by weighted arithmetic mean level by level."""
    found, weight = dict(columns), asem.weights()
    for level in asem.tree():
        for parent, children in level.items():
            values = np.column_stack([found[child] for child in children])
            found[parent] = COMBINATIONS["mean"].run(values, np.array([weight[child] for child in children]))
    return found


def assert_aggregates(found, folder, case):
    """Scores to 1e-9 and the very ranks, but for units whose published scores differ in the last bit only: they tie."""
    scores, ranks = asem.columns(folder, f"{case}_scores.csv"), asem.columns(folder, f"{case}_ranks.csv")
    for code, published in scores.items():
        np.testing.assert_allclose(found[code], published, rtol=1e-9, atol=1e-12, err_msg=code)
        np.testing.assert_array_equal(ranked(found[code]), ranked(published), err_msg=code)
        alone = ranked(published) == ranked(published, ties="max")
        np.testing.assert_array_equal(ranked(found[code])[alone], ranks[code][alone], err_msg=code)


@pytest.mark.parametrize("case", AGGREGATED)
def test_scores_and_ranks_from_normalised_indicators_are_the_published_ones(case):
    assert_aggregates(aggregated({code: NORMALISED[case](code) for code in meta()}), C, f"{case}_amean")


def test_an_indicator_may_have_a_normalisation_of_its_own():
    found = {
        "LPI": normalised("LPI", "zscore", mean=10, sd=2),
        "Flights": normalised("Flights", "percentile"),
        "TIRcon": normalised("TIRcon", "none"),
        "Tariff": normalised("Tariff", "best"),
        "Ship": normalised("Ship", "minmax"),
    }
    for code, published in asem.columns(C, "individual_specs_normalised.csv").items():
        np.testing.assert_allclose(found[code], published, rtol=1e-9, atol=1e-12, err_msg=code)


@pytest.mark.parametrize("code", ["LPI", "Flights", "ConSpeed", "CPI", "Goods"])
def test_a_fraction_of_the_maximum_is_the_published_one_where_more_is_better(code):
    published = asem.columns(C, "fracmax_normalised.csv")[code]
    np.testing.assert_allclose(normalised(code, "fraction"), published, rtol=1e-9)


def test_a_fraction_where_less_is_better_does_not_follow_the_peer_that_turns_the_order_around():
    published, ours = asem.columns(C, "fracmax_normalised.csv")["CO2"], normalised("CO2", "fraction")
    least = raw("CO2").argmin()
    assert ours[least] == ours.max() == 1.0
    assert published[least] == published.min()


def test_values_that_differ_in_the_last_bit_share_a_rank_unless_every_bit_is_asked_for():
    moved = {code: normalised(code, "rank") - normalised(code, "rank", digits=17) for code in meta()}
    last_bit = {code for code, by in moved.items() if (np.abs(by) > 0).any()}
    assert last_bit == {"TolMin"}  # 4.6 and 4.6000000000000005


def test_negative_values_are_refused_a_fraction():
    with pytest.raises(Unusable, match="can't be a fraction"):
        normalised("GDPGrow", "fraction")


def winsorised(code, **settings):
    return TREATMENTS["winsorise"].run(raw(code), **settings)


def individually(code):
    if code == "Flights":
        return TREATMENTS["winsorise"].run(raw(code), skew=np.inf)  # every indicator passes that
    return winsorised(code, most=2, force=True) if code == "Goods" else winsorised(code, then="log-ct")


TREATED = {
    "default": {"then": "log-ct"},
    "winmax1": {"most": 1, "then": "log-ct"},
    "winmax3": {"most": 3, "then": "log-ct"},
    "winmax_none": {"most": 0, "then": "log-ct"},
    "strict": {"most": 3, "skew": 1, "kurtosis": 2, "then": "log-ct"},
    "combine": {"most": 1, "then": "log-ct", "on": "winsorised"},
    "log_ct_plus": {"most": 1, "then": "log-ct-plus"},
    "log_ct_orig": {"most": 1, "then": "log-ct-orig"},
    "boxcox_lambda0": {"most": 1, "then": "boxcox", "power": 0},
    "boxcox_lambda0.5": {"most": 1, "then": "boxcox", "power": 0.5},
}
every_treatment = pytest.mark.parametrize("case", TREATED)


@pytest.mark.parametrize("case", [*TREATED, "indiv"])
def test_outliers_are_treated_as_published(case):
    for code, published in asem.columns(D, f"{case}_raw_treated.csv").items():
        if code in meta():
            found = individually(code) if case == "indiv" else winsorised(code, **TREATED[case])
            np.testing.assert_allclose(found.values, published, rtol=1e-9, atol=1e-12, err_msg=code)


@every_treatment
def test_the_tests_before_and_after_and_the_number_of_changed_values_are_the_published_ones(case):
    for row in asem.rows(D, f"{case}_raw_details.csv"):
        code = row["iCode"]
        winsorising, whole = winsorised(code, **{**TREATED[case], "then": "none"}), winsorised(code, **TREATED[case])
        assert winsorising.winsorised.sum() == int(row["winsorise.nwin"] or 0)
        assert bool(whole.transform) == bool(row.get("check_SkewKurt2.Pass"))
        for found, stage in ((whole.before, 0), (winsorising.after, 1), (whole.after, 2)):
            if row.get(f"check_SkewKurt{stage}.Pass"):
                assert found.passed == (row[f"check_SkewKurt{stage}.Pass"] == "TRUE")
                assert found.skew == pytest.approx(float(row[f"check_SkewKurt{stage}.Skew"]), rel=1e-9)
                assert found.kurtosis == pytest.approx(float(row[f"check_SkewKurt{stage}.Kurt"]), rel=1e-9)


@every_treatment
def test_the_changed_cells_are_the_published_ones(case):
    assert asem.units(D, f"{case}_raw_points.csv") == tuple(units())
    for code in meta():
        marks = [row[code] for row in asem.rows(D, f"{case}_raw_points.csv")]
        found = winsorised(code, **{**TREATED[case], "then": "none"})
        assert found.winsorised.tolist() == [mark.startswith("win") for mark in marks], code


APPLIED_TO_ALL = {
    "all_log_ct": log_ct,
    "all_log_ct_plus": lambda x: log_ct_plus(x, skew=TREATMENTS["log-ct"].run(x).before.skew),
    "all_log_ct_orig": log_ct_orig,
    "all_boxcox_lambda0.25": lambda x: boxcox(x, 0.25),
    "all_boxcox_lambda-0.5": lambda x: boxcox(x, -0.5),
}


@pytest.mark.parametrize("case", APPLIED_TO_ALL)
def test_every_indicator_is_transformed_as_published(case):
    for code, published in asem.columns(D, f"{case}.csv").items():
        np.testing.assert_allclose(APPLIED_TO_ALL[case](raw(code)), published, rtol=1e-9, atol=1e-12, err_msg=code)


def test_three_values_are_forced_in_as_published_but_for_the_yes_or_no_that_is_never_treated():
    for code, published in asem.columns(D, "all_winsorise3_forced.csv").items():
        expected = raw(code) if code == "TIRcon" else published
        np.testing.assert_array_equal(winsorised(code, most=3, force=True).values, expected, err_msg=code)


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
    names = [name for name in found[0] if name in meta() or name in ASEM_AGGREGATES]
    values = {name: np.array([asem.number(row[name]) for row in found]) for name in names}
    return np.array([row["uCode"] for row in found]), np.array([row["Time"] for row in found]), values


ASEM_AGGREGATES = (*asem.PILLARS, "Conn", "Sust", "Index")
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
    for code in ASEM_AGGREGATES:
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


def whole():
    """All raw indicators, (n, k), in the order of the metadata."""
    return np.column_stack([raw(code) for code in meta()])


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
    for code in ASEM_AGGREGATES:
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
    for code in ASEM_AGGREGATES:
        np.testing.assert_allclose(found[code], scores[code], rtol=1e-9, err_msg=code)
        np.testing.assert_array_equal(ranked(found[code]), ranks[code], err_msg=code)
