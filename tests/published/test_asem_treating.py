"""Treatment of outliers against the published figures of the ASEM index."""

import numpy as np
import pytest

from kurak.engines.composite.treating import TREATMENTS
from kurak.engines.composite.treating.transforming import boxcox, log_ct, log_ct_orig, log_ct_plus
from tests.published import asem
from tests.published.asem_inputs import meta, raw, units

pytestmark = pytest.mark.published

D = "d_treat"


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
