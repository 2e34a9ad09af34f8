import numpy as np
import pytest

from kurak.engines.composite import Unusable, declare, score, tabulate
from tests.engines.composite.documents import a_document, a_mean


def scored(tree, columns, periods=None, **more):
    units = [f"u{i}" for i in range(len(next(iter(columns.values()))))]
    if periods:
        units = [f"u{i % (len(units) // len(set(periods)))}" for i in range(len(units))]
    return score(declare(a_document(tree, **more)), tabulate(units, columns, periods))


def overall(tree, columns, **more):
    return scored(tree, columns, **more).scores["all"].round(9).tolist()


def why(found, code="all"):
    return [found.reason(code, row) for row in range(found.table.n)]


GAP = {"a": [1, 1, None], "b": [2, None, None], "c": [6, 3, None]}


def test_available_children_are_weighed_anew():
    tree = a_mean({"code": "a", "weight": 2}, "b", "c")
    found = scored(tree, GAP)
    assert found.scores["all"][:2].tolist() == [2.5, pytest.approx(5 / 3)]
    assert why(found) == ["", "", "all-missing"]
    assert found.coverage["all"].tolist() == [1.0, 0.75, 0.0]


def test_two_of_three_reach_a_threshold_of_two_thirds():
    found = scored(a_mean("a", "b", "c", missing={"at_least": 2 / 3}), GAP)
    assert why(found) == ["", "", "all-missing"]


def test_a_threshold_is_counted_or_weighed_as_declared():
    heavy = a_mean("a", {"code": "b", "weight": 8}, "c", missing={"at_least": 0.5, "by": "weight"})
    assert why(scored(heavy, GAP)) == ["", "too-few", "all-missing"]


def test_strict_and_required_children():
    assert why(scored(a_mean("a", "b", "c", missing="strict"), GAP)) == ["", "strict", "all-missing"]
    assert why(scored(a_mean("a", "b", "c", missing={"required": ["b"]}), GAP)) == ["", "required", "all-missing"]


def test_a_value_stands_in_for_what_is_missing():
    assert overall(a_mean("a", "b", "c", missing={"value": 5}), GAP) == [3, 3, 5]


def test_the_worst_possible_value_needs_a_known_range():
    worst = a_mean(*({"code": each, "range": [0, 10]} for each in "abc"), missing="worst")
    assert overall(worst, GAP) == [3, pytest.approx(4 / 3), 0]
    with pytest.raises(Unusable, match="the range of a is not known"):
        scored(a_mean("a", "b", "c", missing="worst"), GAP)


def test_bounds_give_the_interval_that_missing_children_leave_open():
    found = scored(a_mean("a", "b", "c", missing="bounds"), GAP, scale={"low": 0, "high": 10})
    assert found.low["all"].round(3).tolist() == [3, 1.333, 0]
    assert found.high["all"].round(3).tolist() == [3, 4.667, 10]


def test_not_applicable_leaves_the_denominator():
    answers = {"yes": 1, "no": 0, "na": "not-applicable"}
    tree = a_mean(*({"code": each, "answers": answers} for each in "abc"), missing={"at_least": 1})
    cells = {"a": ["yes", "yes", "na"], "b": ["no", "na", "na"], "c": ["no", "no", "na"]}
    found = scored(tree, cells)
    assert found.scores["all"][:2].tolist() == [pytest.approx(1 / 3), 0.5]
    assert why(found)[2] == "not-applicable"
    assert found.coverage["all"][:2].tolist() == [1, 1]


def test_too_many_not_applicable():
    answers = {"yes": 1, "na": "not-applicable"}
    tree = a_mean(*({"code": each, "answers": answers} for each in "abc"), missing={"most_not_applicable": 0.4})
    found = scored(tree, {"a": ["yes", "yes"], "b": ["yes", "na"], "c": ["na", "na"]})
    assert why(found) == ["", "too-many-not-applicable"]


def test_a_column_stands_in_for_a_missing_child():
    columns = {**GAP, "a_r": [9, 9, 9], "b_r": [9, 4, 9], "c_r": [9, 9, 3]}
    found = scored(a_mean("a", "b", "c", fill={"column": "{code}_r"}), columns)
    assert found.scores["all"].round(3).tolist() == [3, 2.667, 7]
    assert found.stood_in["all", "b"].tolist() == [False, True, True]


def test_the_mean_of_the_group_stands_in():
    columns = {"a": [2, 4, None, None], "b": [1, 1, 1, 1], "region": ["x", "x", "x", "y"]}
    tree = a_mean("a", "b", fill={"group": "region"})
    assert overall(tree, columns, groups=["region"]) == [1.5, 2.5, 2, 1]


def test_penalties_floors_caps_and_vetoes():
    tree = a_mean("a", then=[{"subtract": "p", "floor": 0}, {"cap": 5, "when": "gate < 1"}])
    columns = {"a": [9, 1, 9], "p": [1, 2, 1], "gate": [1, 1, 0]}
    found = scored(tree, columns, inputs=[{"code": "p"}, {"code": "gate"}])
    assert found.scores["all"].tolist() == [8, 0, 5]
    capped = found.adjusted[-1]
    assert (capped.by, capped.rows.tolist(), capped.before.tolist()) == ("cap", [2], [8])


def test_a_veto_takes_the_score_away_and_says_so():
    tree = a_mean("a", then=[{"veto": "missing", "when": "gate < 1"}])
    found = scored(tree, {"a": [9, 9, 9], "gate": [1, 0, None]}, inputs=[{"code": "gate"}])
    assert np.isnan(found.scores["all"]).tolist() == [False, True, True]
    assert why(found) == ["", "veto", "veto"]


def test_an_adjustment_may_ask_for_the_worst_children():
    tree = a_mean("a", "b", "c", then=[{"cap": "worst(2) + 1"}])
    assert overall(tree, {"a": [0], "b": [1], "c": [9]}) == [2]


def test_a_formula_lacks_a_score_for_the_reason_of_its_codes():
    found = scored(
        {"code": "all", "formula": "a / b"}, {"a": [1, None, 1], "b": [2, 1, 0]}, inputs=[{"code": "a"}, {"code": "b"}]
    )
    assert why(found) == ["", "missing", "undefined"]


def test_siblings_may_be_combined_in_different_ways():
    tree = a_mean(
        {"code": "x", "combine": "min", "children": [{"code": "a"}, {"code": "b"}]},
        {"code": "y", "combine": "geometric", "children": [{"code": "c"}, {"code": "d"}]},
    )
    assert overall(tree, {"a": [1], "b": [5], "c": [2], "d": [8]}) == [2.5]


def test_what_can_not_be_combined_is_told_by_node_child_and_unit():
    tree = a_mean("a", "b", combine="geometric")
    with pytest.raises(Unusable) as refused:
        scored(tree, {"a": [1, 0], "b": [1, 1]})
    assert refused.value.problems[0].path == ("all", "a", "u1")


def test_one_child_passes_its_value_on():
    assert overall(a_mean("a", combine="geometric"), {"a": [-3]}) == [-3]


def test_ranks_are_of_unrounded_scores_and_ties_share_the_lowest():
    found = scored(a_mean("a"), {"a": [0.3, 0.1 + 0.2, 0.304, None]}, scale={"digits": 2})
    assert found.ranks().tolist()[:3] == [2, 2, 1]
    assert found.published().tolist()[:3] == [0.3, 0.3, 0.3]


def test_low_is_good_where_the_scale_says_so():
    found = scored(a_mean("a"), {"a": [1, 7]}, scale={"low": 1, "high": 7, "better": "low"})
    assert found.ranks().tolist() == [1, 2]


def test_ranks_are_inside_a_period_and_inside_a_group():
    columns = {"a": [1, 2, 9, 8], "region": ["x", "y", "x", "y"]}
    found = scored(a_mean("a"), columns, periods=[2020, 2020, 2021, 2021])
    assert found.ranks().tolist() == [2, 1, 1, 2]
    within = scored(a_mean("a"), columns, ranks={"within": "region"})
    assert within.ranks().tolist() == [2, 2, 1, 1]


def test_the_least_exact_part_labels_the_whole():
    tree = a_mean({"code": "x", "label": "proxy", "formula": "a"}, {"code": "y", "formula": "a"})
    found = scored(tree, {"a": [1]}, inputs=[{"code": "a"}])
    assert (found.label("all"), found.label("y"), found.label("a")) == ("proxy", "exact", "exact")


def test_a_node_may_be_used_by_several():
    tree = {"code": "all", "children": [{"use": "a"}, {"use": "b"}]}
    also = [
        {"code": "first", "children": [{"code": "a"}]},
        {"code": "second", "children": [{"code": "b"}, {"use": "a"}]},
    ]
    found = scored(tree, {"a": [1], "b": [3]}, also=also)
    assert (found.scores["all"][0], found.scores["first"][0], found.scores["second"][0]) == (2, 1, 2)


def test_a_result_is_the_same_whatever_the_order_of_rows():
    rng = np.random.default_rng(4)
    columns = {code: rng.random(9) for code in "abc"}
    order = rng.permutation(9)
    one = scored(a_mean("a", "b", "c"), columns)
    two = scored(a_mean("a", "b", "c"), {code: x[order] for code, x in columns.items()})
    assert one.scores["all"][order].tolist() == two.scores["all"].tolist()
    assert one.ranks()[order].tolist() == two.ranks().tolist()


def test_every_row_without_a_score_has_a_reason():
    rng = np.random.default_rng(5)
    columns = {code: np.where(rng.random(40) < 0.4, np.nan, rng.random(40)) for code in "abcd"}
    tree = a_mean(
        {"code": "x", "children": [{"code": "a"}, {"code": "b"}], "missing": "strict"},
        {"code": "y", "children": [{"code": "c"}, {"code": "d"}]},
        missing={"at_least": 1},
    )
    for row in scored(tree, columns).rows():
        assert bool(row.reason) == bool(np.isnan(row.score))
