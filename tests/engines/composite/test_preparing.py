"""Stages as a declaration asks for them."""

import numpy as np
import pytest

from kurak.engines.composite import Unusable, declare, tabulate
from kurak.engines.composite.preparing import prepared
from tests.engines.composite.documents import a_document, a_mean


def made(leaf, columns, periods=None, units=None, **more):
    n = len(next(iter(columns.values())))
    table = tabulate(units or [f"u{row}" for row in range(n)], columns, periods)
    return prepared(declare(a_document(a_mean({"code": "a", **leaf}), **more)), table)


def test_change_sees_all_periods_even_where_others_are_normalised_by_each():
    found = made({"normalise": "change"}, {"a": [2.0, 3.0, 6.0]}, ["2019", "2020", "2021"], ["x", "x", "x"])
    np.testing.assert_array_equal(found.column("a"), [np.nan, 0.5, 1.0])


def test_change_without_periods_is_refused():
    with pytest.raises(Unusable, match="the table has none"):
        made({"normalise": "change"}, {"a": [1.0, 2.0]})


def test_a_reference_unit_is_named_by_its_code():
    found = made({"normalise": {"by": "unit", "unit": "u1"}}, {"a": [0.0, 2.0, 3.0]})
    assert found.column("a").tolist() == [0.0, 1.0, 1.5]


def test_the_treatment_of_the_format_is_understood():
    treat = {"by": "winsorise", "most": 5, "skew": 2, "kurtosis": 3.5, "then": "log-ct"}
    found = made({"treat": treat}, {"a": [*map(float, range(9)), 900.0]})
    assert found.winsorised[:, 0].tolist() == [False] * 9 + [True]
    assert found.treated[9, 0] == 8.0


def test_a_group_lends_its_mean_and_what_was_imputed_is_marked():
    columns = {"a": [1.0, 3.0, None, None], "region": ["n", "n", "n", ""]}
    found = made({"impute": {"by": "group-mean", "group": "region"}}, columns, groups=["region"])
    np.testing.assert_array_equal(found.filled[:, 0], [1.0, 3.0, 2.0, np.nan])
    assert found.imputed[:, 0].tolist() == [False, False, True, False]


def test_a_denominator_of_zero_leaves_a_gap_with_its_reason():
    found = made({"denominator": "people"}, {"a": [4.0, 4.0], "people": [2.0, 0.0]}, inputs=[{"code": "people"}])
    np.testing.assert_array_equal(found.raw[:, 0], [2.0, np.nan])
    assert found.kinds[0, 0] != found.kinds[1, 0]


def test_a_stage_that_fails_says_at_which_leaf():
    with pytest.raises(Unusable, match=r"a: .*does not vary"):
        made({"normalise": {"by": "minmax", "constant": "error"}}, {"a": [2.0, 2.0]})


def test_a_frozen_reference_keeps_old_scores_when_a_unit_joins():
    leaf, reference = {"normalise": {"by": "minmax"}}, {"reference": "old"}
    before = made(leaf, {"a": [0.0, 4.0], "old": [1, 1]}, **reference)
    after = made(leaf, {"a": [0.0, 4.0, 8.0], "old": [1, 1, 0]}, **reference)
    assert after.column("a").tolist() == [*before.column("a").tolist(), 200.0]
