"""What other programs get wrong, and what their users ask for. Each was reproduced in a peer, or read in its list of
issues; docs/explanation/other-programs.md lists them, with the names of these tests."""

import re
from pathlib import Path

import numpy as np
import pytest

from kurak.engines.composite import Undeclarable, Unusable, declare, score, tabulate
from kurak.engines.composite.stages import COMBINATIONS, NORMALISATIONS
from kurak.engines.composite.varying import leave_out, vary
from tests.engines.composite.documents import a_document, a_mean

_ = None


def scored(columns, tree=None, periods=None, **more):
    """The result for units p, q, r … with these columns; each is a child of the root where no tree is given."""
    n = len(next(iter(columns.values())))
    table = tabulate([*"pqrstuvwxyz"[:n]] if periods is None else ["p"] * n, columns, periods)
    return score(declare(a_document(tree or a_mean(*columns), **more)), table)


def all_of(columns, **root):
    return scored(columns, a_mean(*columns, **root)).scores["all"].tolist()


# What other programs get wrong.


def test_a_power_mean_with_a_gap_follows_the_policy_of_its_node():
    combine = {"by": "power", "p": 2}
    assert all_of({"a": [1.0], "b": [_]}, combine=combine) == [1]
    assert np.isnan(all_of({"a": [1.0], "b": [_]}, combine=combine, missing="strict")).all()


@pytest.mark.parametrize("p", [-2, 0.5, 2, 3])
def test_a_power_mean_is_of_the_power_and_back(p):
    assert all_of({"a": [1.0], "b": [3.0]}, combine={"by": "power", "p": p}) == pytest.approx(
        [((1 + 3**p) / 2) ** (1 / p)]
    )


def test_copeland_is_declared_like_any_other_rule():
    assert all_of({"a": [1.0, 2, 3], "b": [1.0, 3, 2]}, combine="copeland") == [-2, 1, 1]


def test_copeland_with_gaps_does_not_depend_on_the_order_of_rows():
    a, b = [3.0, _, 1.0, _], [_, 2.0, 4.0, _]
    found = all_of({"a": a, "b": b}, combine="copeland")
    turned = all_of({"a": a[::-1], "b": b[::-1]}, combine="copeland")
    np.testing.assert_array_equal(found, turned[::-1])
    assert np.isnan(found[3])


def test_copeland_counts_a_split_of_49_equal_weights_as_a_tie():
    columns = {f"c{i}": [1.0, 1.0] if i == 0 else [float(i % 2), float(1 - i % 2)] for i in range(49)}
    assert all_of(columns, combine="copeland") == [0, 0]


def test_a_fraction_where_less_is_better_gives_the_best_most():
    leaf = {"code": "a", "direction": "down", "normalise": "fraction"}
    assert scored({"a": [4.0, 2, 1]}, a_mean(leaf)).scores["a"].tolist() == [0.25, 0.5, 1]
    with pytest.raises(Unusable, match="a"):
        scored({"a": [4.0, 2, 0]}, a_mean(leaf))


def test_a_logarithm_takes_the_logarithm():
    found = scored({"a": [1.0, 10, 100]}, a_mean({"code": "a", "normalise": {"by": "minmax", "log": True}}))
    assert found.scores["a"].tolist() == pytest.approx([0, 50, 100])


def test_a_constant_indicator_is_left_out_by_a_policy_and_said_to_be():
    columns, how = {"a": [7.0, 7, 7], "b": [1.0, 2, 3]}, {"by": "minmax"}
    found = scored(columns, defaults={"normalise": how})
    assert found.scores["all"].tolist() == [0, 50, 100]
    assert found.notes[0].startswith("a: minmax finds no scale in values that do not vary")
    halfway = scored(columns, defaults={"normalise": {**how, "constant": "midpoint"}})
    assert (halfway.scores["all"].tolist(), halfway.notes) == ([25, 50, 75], ())


def test_a_year_in_which_an_indicator_is_constant_is_named():
    found = scored({"a": [1.0, 2.0]}, periods=["2019", "2020"], defaults={"normalise": "zscore"})
    assert len(found.notes) == 1
    assert found.notes[0].startswith("a in 2019, 2020: zscore finds no scale in values ")


def test_a_percentile_of_one_value_follows_the_policy():
    for constant, value in {"missing": np.nan, "midpoint": 0.5}.items():
        found = scored({"a": [3.0, _]}, defaults={"normalise": {"by": "percentile", "constant": constant}})
        np.testing.assert_array_equal(found.scores["a"], [value, np.nan])


@pytest.mark.parametrize("weights", [(0, 0), (1, -1), (1, float("nan")), (1, float("inf"))])
def test_weights_that_can_not_weigh_are_refused_when_the_file_is_read(weights):
    leaves = [{"code": code, "weight": weight} for code, weight in zip("ab", weights, strict=True)]
    with pytest.raises(Undeclarable, match=r"tree\.children"):
        declare(a_document(a_mean(*leaves)))


@pytest.mark.parametrize("pair", [(-1.0, 2.0), (-1.0, 1.0), (0.0, 1.0)])
def test_a_harmonic_mean_of_what_is_not_above_0_is_refused_by_node_child_and_unit(pair):
    with pytest.raises(Unusable, match=r"all\.a\.p"):
        all_of({"a": [pair[0]], "b": [pair[1]]}, combine="harmonic")


def test_optimised_weights_are_not_below_0_and_a_target_out_of_reach_is_said():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(40, 3)) @ [[1, 0.95, 0], [0, 0.1, 0], [0, 0, 1]]
    weigh = {"by": "optimised", "target": [1, 3, 0.1]}
    found = scored_table(x, weigh)
    assert (found.weights["all"] >= 0).all()
    assert any("reach" in note for note in found.notes)


def scored_table(x, weigh):
    table = tabulate(range(len(x)), {code: x[:, place] for place, code in enumerate("abc")})
    return score(declare(a_document(a_mean("a", "b", "c", weigh=weigh))), table)


def test_a_group_without_values_stays_missing_with_its_reason():
    columns = {"a": [1.0, _, _], "region": ["n", "n", "s"]}
    found = scored(
        columns, a_mean("a"), defaults={"impute": {"by": "group-mean", "group": "region"}}, groups=["region"]
    )
    np.testing.assert_array_equal(found.scores["a"], [1, 1, np.nan])
    assert found.reason("a", 2) == "missing"


def test_a_denominator_of_0_leaves_a_gap_with_its_reason():
    tree = a_mean({"code": "a", "denominator": "people"})
    found = scored({"a": [4.0, 4, 0], "people": [2.0, 0, 0]}, tree, inputs=[{"code": "people"}])
    np.testing.assert_array_equal(found.scores["all"], [2, np.nan, np.nan])
    assert found.reason("a", 1) == "denominator"


@pytest.mark.parametrize(("impute", "value"), [("linear", np.nan), ("linear-constant", 5), ("constant", 5)])
def test_a_series_of_one_observation_is_no_error(impute, value):
    found = scored({"a": [_, 5.0, _]}, periods=["2018", "2019", "2020"], defaults={"impute": impute})
    np.testing.assert_array_equal(found.scores["a"][[0, 1]], [value, 5])


def test_the_penalty_of_mazziotta_and_pareto_has_its_effect_and_all_digits():
    columns = {"a": [90.0], "b": [110.1]}
    minus, plus = (all_of(columns, combine={"by": "ampi", "penalty": way})[0] for way in ("minus", "plus"))
    assert (minus + plus) / 2 == pytest.approx(100.05, rel=1e-12)
    assert plus - minus == pytest.approx(2 * 10.05**2 / 100.05, rel=1e-12)


def test_mean_min_looks_at_the_children_of_a_unit_and_not_at_the_units_of_a_child():
    assert all_of({"a": [10.0, 30], "b": [20.0, 30]}, combine={"by": "mean-min", "alpha": 1}) == [10, 30]


def test_a_gap_is_not_a_zero():
    assert all_of({"a": [4.0, 4], "b": [_, 0.0]}) == [4, 2]


def test_the_benefit_of_the_doubt_is_free_to_choose_weights():
    """With weights that must sum to 1 the first two would have 1/2 of what the third has."""
    assert all_of({"a": [4.0, 0, 1], "b": [0.0, 2, 1]}, combine="benefit-of-the-doubt") == pytest.approx([1, 1, 0.75])


# What users of other programs ask for.


def test_a_factor_that_names_nothing_is_refused_before_anything_is_computed():
    index = declare(a_document(a_mean("a", "b"), uncertainty=[{"factor": "include", "of": ["a", "nothing"]}]))
    with pytest.raises(Undeclarable, match=r"uncertainty\.0.*nothing"):
        vary(index, tabulate("pq", {"a": [1, 2], "b": [2, 1]}))


def test_the_parameters_of_every_draw_are_kept():
    index = declare(a_document(a_mean("a", "b"), uncertainty=[{"factor": "weights", "within": 0.5}]))
    found = vary(index, tabulate("pq", {"a": [1, 2], "b": [2, 1]}), draws=7).parameters
    assert [*found] == ["draw", "weight of a in all", "weight of b in all"]
    assert len(set(found["weight of a in all"])) == 7


def test_siblings_have_rules_weights_and_formulas_of_their_own():
    tree = a_mean(
        {"code": "x", "combine": "min", "children": [{"code": "a"}, {"code": "b"}]},
        {"code": "y", "combine": "geometric", "weight": 3, "children": [{"code": "c"}, {"code": "d", "weight": 3}]},
        {"code": "z", "formula": "(a * d) ** 0.5"},
    )
    found = scored({"a": [4.0], "b": [9.0], "c": [1.0], "d": [16.0]}, tree)
    assert [found.scores[code][0] for code in "xyz"] == pytest.approx([4, 8, 8])
    assert found.scores["all"][0] == pytest.approx((4 + 3 * 8 + 8) / 5)


def test_units_are_screened_inside_a_pillar_too():
    tree = a_mean({"code": "x", "children": [{"code": "a"}, {"code": "b"}]}, {"code": "y", "children": [{"code": "c"}]})
    columns = {"a": [1.0, _, 1], "b": [1.0, _, _], "c": [1.0, 1, 1]}
    found = scored(columns, tree, defaults={"screen": {"available": 0.3, "inside": {"x": 0.5}}})
    assert [found.reason("all", row) for row in range(3)] == ["", "screened", ""]


@pytest.mark.parametrize("name", sorted(name for name, each in NORMALISATIONS.items() if "bounded" in each.traits))
def test_every_bounded_scale_reaches_a_range_that_a_geometric_mean_can_take(name):
    needs = {"goalposts": {"low": 1, "high": 9}, "unit": {"unit": "r", "cap": True}}.get(name, {})
    normalise = {"by": name, "to": [1, 100], **needs}
    columns = {"a": [1.0, 5, 9], "b": [3.0, 2, 8]}
    found = scored(columns, a_mean("a", "b", combine="geometric"), defaults={"normalise": normalise})
    assert (found.scores["all"] >= 1).all()
    assert found.scores["all"].max() <= 100 + 1e-9


def test_an_indicator_may_have_a_treatment_of_its_own_that_runs_whatever_the_test_says():
    forced = {"by": "winsorise", "most": 1, "force": True}
    found = scored({"a": [1.0, 2, 3, 5], "b": [1.0, 2, 3, 5]}, a_mean({"code": "a", "treat": forced}, "b"))
    assert found.prepared.winsorised.sum(axis=0).tolist() == [1, 0]


def test_sparse_data_are_no_error_anywhere():
    columns = {"a": [_, _, 3.0], "b": [_, _, _], "c": [0.0, 0, 0]}
    stages = {"impute": "row-mean", "treat": "winsorise", "normalise": "zscore"}
    found = scored(columns, defaults=stages)
    assert np.isnan(found.scores["all"]).all()
    assert {found.reason("all", row) for row in range(3)} == {"all-missing"}


def test_a_unit_without_a_label_falls_back_as_declared():
    for otherwise, value in {"missing": np.nan, "overall": 2.0}.items():
        impute = {"by": "group-mean", "group": "region", "otherwise": otherwise}
        columns = {"a": [1.0, 3, _], "region": ["n", "s", ""]}
        found = scored(columns, a_mean("a"), defaults={"impute": impute}, groups=["region"])
        np.testing.assert_array_equal(found.scores["a"], [1, 3, value])


def test_years_may_be_the_only_rows():
    found = scored({"a": [1.0, 3.0]}, periods=["2019", "2020"], over="all-periods", defaults={"normalise": "minmax"})
    assert (found.scores["all"].tolist(), found.ranks().tolist()) == ([0, 100], [1, 1])


def test_the_importance_of_every_indicator_is_a_table():
    index = declare(a_document(a_mean("a", "b", "c")))
    found = leave_out(index, tabulate("pqr", {"a": [1, 2, 9], "b": [3, 2, 1], "c": [2, 3, 2]}))
    assert set(found.codes) == {"a", "b", "c"}
    assert found.shift.tolist() == pytest.approx(np.abs(found.ranks - found.nominal_ranks).mean(axis=1).tolist())
    assert found.shift.max() > 0


def test_a_file_of_a_format_to_come_is_refused_with_what_can_be_read():
    with pytest.raises(Undeclarable, match="format"):
        declare({**a_document(a_mean("a")), "format": 2})


@pytest.mark.parametrize("cell", ["1,5", "1 000", "#N/A", "12%", "--"])
def test_a_cell_that_is_no_number_is_told_by_unit_and_column_with_the_remedy(cell):
    with pytest.raises(
        Unusable, match=r"q: .* in the column 'a' is not a value of a\. Write a number with a decimal point"
    ):
        scored({"a": [1.0, cell]})


def test_every_rule_of_a_node_may_be_declared():
    needs = {"power": {"p": 2}, "mean-of-worst": {"k": 1}, "mean-of-best": {"k": 1}, "at-least": {"k": 1}}
    for name in COMBINATIONS:
        found = all_of({"a": [1.0, 2, 3], "b": [2.0, 2, 1]}, combine={"by": name, **needs.get(name, {})})
        assert np.isfinite(found).all(), name


def test_the_page_names_a_test_for_every_row():
    page = (Path(__file__).parents[3] / "docs/explanation/other-programs.md").read_text(encoding="utf-8")
    here = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    named = {found.replace(" ", "_") for found in re.findall(r"\*([^*|]+)\* \|$", page, re.MULTILINE)}
    assert named == here - {"the_page_names_a_test_for_every_row"}
