"""Factors that make no sense are refused before anything is run, with their place and what would be right."""

from pathlib import Path

import pytest
import yaml

from kurak.engines.composite import declare
from kurak.engines.composite.varying import checked
from kurak.engines.composite.varying.factors import planned
from tests.engines.composite.documents import a_document, a_mean
from tests.engines.composite.varying.trials import FACTORS, an_index

WRONG = {
    "kind": ({"factor": "wieghts", "within": 0.1}, "there is no factor 'wieghts'. Did you mean 'weights'"),
    "setting": ({"factor": "weights", "witin": 0.1}, "have no 'witin'. Did you mean 'within'"),
    "needed": ({"factor": "weights", "by": "dirichlet"}, "the setting 'concentration' is missing"),
    "range": ({"factor": "weights", "within": 1.5}, "1.5 is out of range. Write a number between 0 and 0.999"),
    "node": ({"factor": "weights", "of": ["pp"], "within": 0.1}, "there is no node 'pp'. Did you mean 'p'"),
    "leaf as node": ({"factor": "weights", "of": ["a"], "within": 0.1}, "there is no node 'a'"),
    "level": ({"factor": "weights", "levels": [7], "within": 0.1}, "no node with two children at [7]"),
    "way": ({"factor": "weights", "by": "normal"}, "'normal' is not among the choices"),
    "expert": ({"factor": "weights", "by": "pool", "pool": [{"a": 1}, {"x": 1}]}, "'x' is no child of a node"),
    "one expert": ({"factor": "weights", "by": "pool", "pool": [{"a": 1}]}, "fewer than two experts"),
    "no weight": ({"factor": "weights", "by": "pool", "pool": [{"a": 0, "b": 0, "c": 0}, {}]}, "all weights under 'p'"),
    "method": ({"factor": "combine", "among": ["mean", "geometrical"]}, "there is no method 'geometrical'"),
    "one way": ({"factor": "combine", "among": ["mean"]}, "there is nothing to choose from"),
    "of a method": ({"factor": "normalise", "among": ["minmax", {"by": "zscore", "avg": 1}]}, "no setting 'avg'"),
    "of declared": ({"factor": "treat", "setting": "mots", "among": [1, 2]}, "winsorise has no setting 'mots'"),
    "each": ({"factor": "normalise", "among": ["minmax", "rank"], "each": True}, "has no 'each'"),
    "leaf": ({"factor": "impute", "of": ["z"], "among": ["mean", "median"]}, "nothing has the code 'z'"),
    "left out": ({"factor": "include", "of": ["r"]}, "'r' is not in the tree"),
    "nothing out": ({"factor": "include"}, "nothing may be left out"),
    "no error": ({"factor": "error"}, "no leaf has an error"),
    "no error here": ({"factor": "error", "of": ["a"]}, "'a' declares no error"),
    "both": ({"factor": "error", "sd": 1, "share": 0.1}, "the error is given twice"),
    "shape": ({"factor": "error", "sd": 1, "by": "cauchy"}, "'cauchy' is not among the choices"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_place(name):
    factor, said = WRONG[name]
    problems = checked(an_index("include", factor))
    assert said in "\n".join(map(str, problems))
    assert all(each.path[:2] == ("uncertainty", 1) for each in problems)


@pytest.mark.parametrize("name", FACTORS)
def test_what_is_right_has_no_problems(name):
    assert checked(an_index(name)) == ()


def test_all_mistakes_are_told_at_once():
    assert len(checked(an_index(*(factor for factor, _ in WRONG.values())))) >= len(WRONG)


def test_what_stands_in_a_formula_can_not_be_left_out():
    tree = {**a_mean("a", "b"), "then": [{"cap": 5, "when": "a < 1"}]}
    declaration = declare(a_document(tree, uncertainty=[{"factor": "include", "of": ["a", "b"]}]))
    (problem,) = checked(declaration)
    assert problem.path == ("uncertainty", 0, "of", 0)


def test_weights_found_from_the_data_can_not_be_varied_by_a_share():
    document = a_document({**a_mean("a", "b"), "weigh": "entropy"}, uncertainty=[FACTORS["weights"]])
    assert "found from the data in every draw" in str(checked(declare(document))[0])


def test_two_factors_of_one_kind_need_names_and_places_of_their_own():
    two = [{"factor": "combine", "of": [code], "among": ["mean", "max"], "name": name} for code, name in ("px", "qy")]
    assert planned(an_index(*two)).names == ("x", "y")
    assert "two factors are called" in str(checked(an_index("combine", "combine"))[0])
    again = {**FACTORS["combine"], "name": "again", "of": ["p"]}
    assert "'p' is varied by 'combine' already" in str(checked(an_index("combine", again))[0])


EXCLUSIONS = {
    "no such factor": ({"normalise": "zscore", "combin": "geometric"}, "there is no factor 'combin'"),
    "no such way": ({"normalise": "rank", "combine": "geometric"}, "'normalise' does not vary over 'rank'"),
    "one alone": ({"combine": "geometric"}, "does not combine factors"),
    "no choice": ({"weights": 1, "combine": "geometric"}, "there is no factor 'weights' that chooses"),
}


@pytest.mark.parametrize("name", EXCLUSIONS)
def test_exclusions_that_mean_nothing_are_said(name):
    rule, said = EXCLUSIONS[name]
    (problem,) = checked(an_index("normalise", "combine", "weights", excluded=[rule]))
    assert said in problem.said
    assert problem.path[:2] == ("excluded", 0)


def test_excluding_everything_is_said():
    rules = [{"normalise": each, "combine": other} for each in ("zscore", "minmax") for other in ("mean", "geometric")]
    assert "every combination is excluded" in str(checked(an_index("normalise", "combine", excluded=rules))[0])


def test_exclusions_that_share_a_factor_tie_all_of_them():
    rules = [{"normalise": "zscore", "combine": "geometric"}, {"impute": "median", "combine": "geometric"}]
    plan = planned(an_index("normalise", "impute", "treat", "combine", excluded=rules))
    assert plan.names == ("normalise × impute × combine", "treat")
    assert len(plan.excluded) == 3
    assert plan.columns == 2


def test_levels_count_from_the_root():
    def nodes(levels):
        (part,) = planned(an_index({"factor": "weights", "levels": levels, "within": 0.1})).parts
        return set(part.nodes)

    assert nodes([1]) == {"r"}
    assert nodes([2]) == {"p", "q"}
    assert nodes([1, 2]) == {"r", "p", "q"}


def test_nodes_behind_a_formula_vary_too():
    nodes = [{"code": "p", "children": [{"code": "a"}, {"code": "b"}]}]
    document = a_document({"code": "r", "formula": "2 * p"}, also=nodes, uncertainty=[FACTORS["weights"]])
    (part,) = planned(declare(document)).parts
    assert set(part.nodes) == {"p"}


def test_the_factors_of_the_reference_are_read_as_it_says():
    page = (Path(__file__).parents[4] / "docs/reference/instrument-format.md").read_text(encoding="utf-8")
    written = yaml.safe_load(page.split("## Uncertainty")[1].split("```yaml")[1].split("```")[0])
    p = {"code": "p", "children": [{"code": "a"}, {"code": "b"}]}
    tree = {"code": "index", "children": [p, {"code": "c"}]}
    plan = planned(an_index(*written["uncertainty"], tree=tree, inputs=[], excluded=written["excluded"]))
    assert plan.names == ("weights", "normalise × combine", "treat", "include", "error")
    assert len(plan.excluded) == 1
