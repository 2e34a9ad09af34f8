"""Normalisation against the published figures of the ASEM index: 51 economies, 49 indicators."""

from functools import cache

import numpy as np
import pytest

from kurak.engines.composite.problems import Unusable
from tests.published import asem
from tests.published.asem_inputs import aggregated, assert_aggregates, direction, meta, normalised, raw, units

pytestmark = pytest.mark.published

C = "c_normalise"


@cache
def declared():
    """Parameters of the family that declares them for each indicator."""
    return {row["iCode"]: row for row in asem.rows(C, "per_indicator_parameters.csv") if row["Type"] == "Indicator"}


def number(code, name):
    return asem.number(declared()[code][name])


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


def test_fractions_of_the_maximum_are_the_published_ones_where_more_is_better():
    compared = [code for code in meta() if direction(code) > 0 and np.nanmin(raw(code)) >= 0]
    assert len(compared) > 25
    for code in compared:
        published = asem.columns(C, "fracmax_normalised.csv")[code]
        np.testing.assert_allclose(normalised(code, "fraction"), published, rtol=1e-9, err_msg=code)


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
