"""A panel by its periods: what a unit is compared with is its own period, unless the document says otherwise."""

import numpy as np
import pytest

from kurak.engines.composite import Unusable, declare, score, tabulate
from kurak.engines.composite.stages import COMBINATIONS, NORMALISATIONS
from kurak.engines.composite.varying import vary
from tests.engines.composite.documents import a_document, a_mean

YEARS, UNITS = ("2019", "2020", "2021"), tuple("pqrstuvw")
HUNDRED = {"by": "minmax", "to": [1, 100]}
RELATIVE = sorted(name for name, each in COMBINATIONS.items() if "relative" in each.traits)
ALL_UNITS = ["minmax", "zscore", "robust-z", "rank", "percentile", "borda", "best", "logistic", "categorical",
             "above-below-mean", {"by": "target", "target": 50.0}, {"by": "unit", "unit": "r"}]  # fmt: skip


def a_panel(years=YEARS, **more):
    """Every year the values of all units grow and spread."""
    rng = np.random.default_rng(4)
    drawn = {year: np.exp(rng.normal(0, 1, (len(UNITS), 3))) * 5 * 4**place for place, year in enumerate(YEARS)}
    drawn["2020"][2, 0] = np.nan
    values = np.concatenate([drawn[year] for year in years])
    columns = {code: values[:, place].tolist() for place, code in enumerate("abc")}
    columns["region"] = ["n", "s", "", "n"] * 2 * len(years)
    return tabulate(UNITS * len(years), columns, [year for year in years for _ in UNITS])


def an_index(tree=None, **more):
    return declare(a_document(tree or a_mean("a", "b", "c", classes="thirds"), classes=THIRDS, **more))


THIRDS = {"thirds": {"by": "quantiles", "of": [{"code": code} for code in ("low", "middle", "high")]}}


def assert_each_year_alone(index):
    """Scoring the panel is scoring each year, to the last bit."""
    together = score(index, a_panel())
    for place, year in enumerate(YEARS):
        alone, rows = score(index, a_panel([year])), slice(place * len(UNITS), (place + 1) * len(UNITS))
        for code in index.codes:
            np.testing.assert_array_equal(together.scores[code][rows], alone.scores[code])
        np.testing.assert_array_equal(together.ranks()[rows], alone.ranks())
        assert together.classes() is None or together.classes()[rows] == alone.classes()


@pytest.mark.parametrize("how", ALL_UNITS, ids=str)
def test_a_rule_relative_to_the_units_is_relative_to_those_of_the_year(how):
    assert_each_year_alone(an_index(defaults={"normalise": how, "impute": "median"}))


def test_every_rule_relative_to_the_units_is_tested():
    local = {name for name, each in NORMALISATIONS.items() if each.traits & {"local", "panel"}}
    tested = {each if isinstance(each, str) else each["by"] for each in ALL_UNITS}
    assert tested | local | {"fraction"} == set(NORMALISATIONS)


@pytest.mark.parametrize("combine", RELATIVE)
def test_units_are_weighed_against_those_of_their_year(combine):
    assert_each_year_alone(an_index(a_mean("a", "b", "c", combine=combine), defaults={"normalise": HUNDRED}))


def test_outliers_are_those_of_the_year():
    treat = {"by": "winsorise", "most": 2, "skew": 1, "kurtosis": 0}
    index = an_index(defaults={"normalise": HUNDRED, "treat": treat})
    assert score(index, a_panel()).prepared.winsorised.any()
    assert_each_year_alone(index)


def test_a_group_stands_in_with_its_mean_of_the_year():
    assert_each_year_alone(an_index(a_mean("a", "b", "c", fill={"group": "region"})))


def test_over_all_periods_units_of_all_years_are_compared():
    index = an_index(a_mean("a", "b", "c", combine="borda"), over="all-periods", defaults={"normalise": HUNDRED})
    found = score(index, a_panel())
    assert (found.scores["a"] == 1).sum() == 1
    assert found.scores["all"].max() > len(UNITS)  # it beats units of other years too


def test_over_a_base_year_the_ends_stay_and_later_values_lie_beyond():
    index = an_index(over="2019", defaults={"normalise": {"by": "minmax", "to": [0, 1]}})
    found = score(index, a_panel()).scores["a"].reshape(3, -1)
    np.testing.assert_array_equal(found[0], score(index, a_panel(["2019"])).scores["a"])
    assert (found[0].min(), found[0].max()) == (0, 1)
    assert np.nanmax(found[2]) > 1


def test_a_base_year_that_is_not_there_is_refused():
    with pytest.raises(Unusable, match="no row is of the base period '1990'"):
        score(an_index(over="1990", defaults={"normalise": HUNDRED}), a_panel())


def test_what_can_not_be_compared_is_told_with_its_unit_and_year():
    index = an_index(a_mean("a", "b", combine="benefit-of-the-doubt"), defaults={"normalise": "zscore"})
    with pytest.raises(Unusable, match=r"all\.[ab]\.\w in 2019"):
        score(index, a_panel())


def test_measured_values_err_inside_their_year():
    """The worst and the best of every year are the ends of the scale in every draw."""
    index = an_index(a_mean("b"), defaults={"normalise": HUNDRED}, uncertainty=[{"factor": "error", "share": 0.2}])
    found = vary(index, a_panel(), draws=20).outcomes.scores["all"].reshape(20, len(YEARS), -1)
    assert found.min(axis=-1).tolist() == [[1] * 3] * 20
    assert found.max(axis=-1).tolist() == [[100] * 3] * 20


def test_errors_next_to_nothing_leave_the_outliers_of_the_year():
    treat = {"by": "winsorise", "most": 2, "skew": 1, "kurtosis": 0}
    index = an_index(defaults={"treat": treat}, uncertainty=[{"factor": "error", "share": 1e-12}])
    found = vary(index, a_panel(), draws=3)
    np.testing.assert_allclose(found.outcomes.scores["all"][2], found.nominal_scores(), rtol=1e-9)
