"""All that some published index needs can be written in a file and is computed: one test for each need.

The list is that of the research on civic indexes, "what the instrument format must be able to express"."""

import math

import numpy as np
import pytest

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.pace import paces
from kurak.engines.composite.raters.agreement import kappa
from kurak.engines.composite.scoring import rounded_for_publication as published
from kurak.instruments.definitions.analysis import definition, read


def scored(columns, units=None, periods=None, **document):
    declared = declare({"format": 1, "code": "x", "edition": "1", "label": "exact"} | document)
    n = len(next(iter(columns.values())))
    return score(declared, tabulate(units or [f"u{i}" for i in range(n)], columns, periods))


def out(columns, **document):
    result = scored(columns, **document)
    return [None if math.isnan(x) else round(x, 9) for x in result.scores[result.declaration.root].tolist()]


def leaf(code, **more):
    return {"code": code, **more}


def test_editions_of_one_index_stand_side_by_side_with_methods_of_their_own():
    old, new = definition("hfi", "2020"), definition("hfi", "2021")
    assert (old.code, old.declaration.checksum == new.declaration.checksum) == (new.code, False)


def test_a_tree_of_means_with_and_without_weights():
    inner = {"code": "b", "children": [leaf("y"), leaf("z")]}
    tree = {"code": "a", "children": [leaf("x", weight=3), inner]}
    assert out({"x": [1.0], "y": [2.0], "z": [4.0]}, tree=tree) == [(3 * 1 + 3) / 4]


@pytest.mark.parametrize(("low", "high", "direction", "expected"), [(0, 50, "up", [0, 20, 100]), (50, 0, "up", None)])
def test_fixed_bounds_clip(low, high, direction, expected):
    by = {"by": "goalposts", "low": min(low, high), "high": max(low, high), "clip": True, "to": [0, 100]}
    tree = {"code": "a", "children": [leaf("x", normalise=by, direction="down" if low > high else "up")]}
    assert out({"x": [-5.0, 10.0, 60.0]}, tree=tree) == (expected or [100, 80, 0])


def test_a_table_leads_from_letters_to_points_and_some_letters_do_not_apply():
    answers = {"letters": {"a": 100, "b": 67, "c": 33, "d": 0, "e": "not-applicable"}}
    tree = {"code": "i", "children": [leaf("x", answers="letters"), leaf("y", answers="letters")]}
    assert out({"x": ["a", "d", "e"], "y": ["b", "e", "e"]}, answers=answers, tree=tree) == [83.5, 0, None]


def test_a_lattice_sum_loses_points_and_does_not_fall_below_a_floor():
    then = [{"code": "ten", "multiply": 10}, {"code": "unfair", "subtract": "1 - x", "floor": 0}]
    tree = {"code": "c", "missing": "strict", "then": then, "children": [leaf("x"), leaf("y")]}
    assert out({"x": [1.0, 0.5, 0.0], "y": [1.0, 0.5, 0.0]}, tree=tree) == [10, 4.5, 0]


def test_a_factor_multiplies_the_mean():
    tree = {"code": "law", "then": [{"code": "women", "multiply": "(1 + g) / 2"}], "children": [leaf("x"), leaf("y")]}
    assert out({"x": [4.0], "y": [6.0], "g": [0.8]}, tree=tree, inputs=[leaf("g")]) == [4.5]


def test_products_powers_and_the_normal_distribution_are_formulas():
    inputs = [leaf("x"), leaf("y")]
    assert out(
        {"x": [0.5], "y": [0.25]}, tree={"code": "a", "formula": "0.5 * x * y + 0.5 * x ** 2"}, inputs=inputs
    ) == [0.1875]
    assert out({"x": [1.0], "y": [1.0]}, tree={"code": "a", "formula": "phi(-0.5 + x / 2 * y)"}, inputs=inputs) == [0.5]


def test_a_missing_part_takes_the_figure_of_its_region():
    tree = {"code": "a", "missing": "strict", "children": [leaf("x"), leaf("y")]}
    columns = {"x": [2.0, 2.0, None], "y": [4.0, None, 6.0], "region": ["n", "n", "n"], "x_regional": [9.0, 9.0, 9.0]}
    by_column = {**tree, "fill": {"column": "{code}_regional"}}
    assert out(columns | {"y_regional": [8.0, 8.0, 8.0]}, tree=by_column) == [3, 5, 7.5]
    assert out(columns, groups=["region"], tree={**tree, "fill": {"group": "region"}}) == [3, 3.5, 4]


@pytest.mark.parametrize(("share", "expected"), [(0.75, [2, 2, None]), (0.5, [2, 2, 1.5]), (0.8, [2, None, None])])
def test_what_is_missing_drops_out_while_a_share_is_there(share, expected):
    children = [leaf(code) for code in "wxyz"]
    columns = {"w": [2.0, 1.0, 1.0], "x": [2.0, 2.0, 2.0], "y": [2.0, 3.0, None], "z": [2.0, None, None]}
    missing = {"at_least": share, "by": "count"}
    assert out(columns, tree={"code": "a", "missing": missing, "children": children}) == expected


@pytest.mark.parametrize(("side", "expected"), [("from", ("low", "high", "high")), ("above", ("low", "low", "high"))])
def test_a_border_belongs_to_the_side_that_is_stated(side, expected):
    classes = {"c": {"of": [{"code": "low"}, {"code": "high", side: 4}]}}
    result = scored(
        {"x": [3.9, 4.0, 4.1]}, classes=classes, tree={"code": "a", "classes": "c", "children": [leaf("x")]}
    )
    assert tuple(result.classes()) == expected


def test_lines_between_points_the_mean_of_the_two_worst_and_a_veto():
    knots = {"by": "piecewise", "knots": [[100, 0], [50, 1], [10, 2], [0, 3]]}
    then = [{"code": "both-red", "floor": 1, "when": "worst(2) >= 1"}]
    children = [leaf(code, normalise=knots) for code in "xyz"]
    tree = {"code": "goal", "combine": {"by": "mean-of-worst", "k": 2}, "then": then, "children": children}
    assert out({"x": [0.0, 90.0], "y": [50.0, 60.0], "z": [75.0, 5.0]}, tree=tree) == [1, 0.5]
    vetoed = {**tree, "then": [{"code": "red", "veto": "missing", "when": "worst(1) < 1"}]}
    assert out({"x": [0.0], "y": [50.0], "z": [75.0]}, tree=vetoed) == [None]


def test_a_trend_between_two_years_is_held_to_the_year_of_the_target():
    trend = {"goal": 10, "by_year": 2030, "first": 2015, "last": 2020}
    result = scored(
        {"x": [40.0, 30.0, 40.0, 41.0]}, units=["a", "a", "b", "b"], periods=["2015", "2020"] * 2,
        tree={"code": "i", "children": [leaf("x", direction="down", trend=trend)]},
    )  # fmt: skip
    declared, table = result.declaration.leaves["x"].trend, result.table
    values = np.array(table.columns["x"], float)
    arrows = paces(values, np.array(table.units), np.array(table.periods), declared, direction=-1).arrow
    assert arrows.tolist() == ["up", "down"]


def test_equal_scores_share_the_better_rank_and_are_ranked_before_they_are_rounded():
    tree = {"code": "a", "children": [leaf("x")]}
    result = scored({"x": [7.0, 6.04, 6.04, 6.01]}, scale={"digits": 1, "half": "up"}, tree=tree)
    assert result.ranks().tolist() == [1, 2, 2, 4]
    assert published(result.declaration, result.scores["a"]).tolist() == [7, 6, 6, 6]


def test_rounding_is_half_up_and_comes_last():
    inner = {"code": "b", "children": [leaf("y"), leaf("z")]}
    tree = {"code": "a", "children": [leaf("x"), inner]}
    result = scored({"x": [50.0], "y": [51.0], "z": [52.0]}, scale={"digits": 0, "half": "up"}, tree=tree)
    assert result.scores["a"].tolist() == [50.75]
    assert published(result.declaration, np.array([50.5, 51.5])).tolist() == [51, 52]


def test_where_low_is_good_the_lowest_is_first():
    scale = {"low": 1, "high": 7, "better": "low"}
    result = scored({"x": [5.0, 2.0]}, scale=scale, tree={"code": "a", "children": [leaf("x")]})
    assert result.ranks().tolist() == [2, 1]


@pytest.mark.parametrize("kind", ["not-covered", "withheld", "unknown", "not-applicable"])
def test_why_there_is_no_score_is_told_apart(kind):
    columns = {"x": [":", 1.0, None]}
    result = scored(columns, missing={":": kind}, tree={"code": "a", "children": [leaf("x")]})
    assert [result.reason("x", row) for row in range(3)] == [kind, "", "missing"]


def test_too_few_parts_are_another_reason_than_none():
    tree = {"code": "a", "missing": {"at_least": 0.75, "by": "count"}, "children": [leaf(each) for each in "wxyz"]}
    result = scored({code: [1.0, None] if code == "w" else [None, None] for code in "wxyz"}, tree=tree)
    assert [result.reason("a", row) for row in range(2)] == ["too-few", "all-missing"]


def test_two_raters_are_declared_and_their_agreement_is_measured():
    assert definition("wango-code").document["assessing"]["raters"] == 2
    assert kappa([0, 1, 2, 2], [0, 1, 2, 2]).value == 1


def test_every_input_can_name_its_source_with_licence_and_date():
    text = """{format: 1, code: x, edition: 1, label: exact, dated: 2026-01-01, title: X, about: X, kind: index,
      units: country, sources: [{code: s, title: S, licence: CC BY 4.0, date: 2020-01-01, url: "https://example.org"}],
      tree: {code: a, children: [{code: b, source: s}]}}"""
    assert read(text).items["b"]["source"] == "s"


def test_each_output_says_how_exact_it_is_and_what_stands_on_a_proxy_is_one():
    also = [{"code": "guess", "label": "proxy", "formula": "x"}, {"code": "sure", "formula": "x"}]
    tree = {"code": "a", "children": [{"use": "guess"}, {"use": "sure"}]}
    result = scored({"x": [1.0]}, tree=tree, also=also, inputs=[leaf("x")])
    assert [result.label(code) for code in ("sure", "guess", "a")] == ["exact", "proxy", "proxy"]
