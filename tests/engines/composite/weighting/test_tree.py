import pytest

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.weighting.tree import effective, equal_per_leaf


def declared(**root):
    children = [
        {"code": "law", "weight": 3, "children": [{"code": "a"}, {"code": "b"}, {"code": "c", "weight": 2}]},
        {"code": "press", "weight": 1, "children": [{"code": "d"}]},
    ]
    tree = {"code": "all", "children": children, **root}
    return declare({"format": 1, "code": "x", "edition": "1", "label": "exact", "tree": tree})


def test_effective_weights_are_the_products_down_the_tree():
    found = effective(declared())
    assert {code: found[code] for code in "abcd"} == pytest.approx({"a": 0.1875, "b": 0.1875, "c": 0.375, "d": 0.25})
    assert found["law"] == 0.75


def test_a_leaf_used_twice_weighs_in_both_places():
    tree = {"code": "all", "children": [{"code": "one", "children": [{"code": "a"}, {"code": "b"}]}, {"use": "a"}]}
    found = effective(declare({"format": 1, "code": "x", "edition": "1", "label": "exact", "tree": tree}))
    assert (found["a"], found["b"]) == (0.75, 0.25)


def test_weights_per_leaf_make_all_leaves_equal():
    found = effective(declared(), equal_per_leaf(declared()))
    assert {code: found[code] for code in "abcd"} == pytest.approx(dict.fromkeys("abcd", 0.25))


def a_table():
    return tabulate(["u", "v", "w", "x"], {"a": [1, 2, 3, 4], "b": [2, 1, 4, 5], "c": [1, 3, 2, 4], "d": [4, 1, 2, 3]})


def test_the_root_is_the_sum_of_leaves_by_effective_weight():
    found, weight = score(declared(), a_table()), effective(declared())
    expected = sum(weight[code] * found.scores[code] for code in "abcd")
    assert found.scores["all"] == pytest.approx(expected)


def test_weights_found_from_data_are_noted_with_the_names_of_the_children():
    found = score(declared(weigh={"by": "ahp", "comparisons": [3]}), a_table())
    assert found.weights["all"] == pytest.approx([0.75, 0.25])
    tree = {"code": "all", "weigh": "inverse-sd", "children": [{"code": "a"}, {"code": "b"}]}
    still = tabulate(["u", "v"], {"a": [1, 1], "b": [1, 2]})
    found = score(declare({"format": 1, "code": "x", "edition": "1", "label": "exact", "tree": tree}), still)
    assert found.notes == ("all: without weight, because units do not differ in them: a",)


def test_an_outcome_is_read_from_its_column():
    weigh = {"by": "regression", "outcome": "life"}
    tree = {"code": "all", "weigh": weigh, "children": [{"code": "a"}, {"code": "b"}]}
    declaration = declare({"format": 1, "code": "x", "edition": "1", "label": "exact", "tree": tree})
    a, b = [1, 2, 3, 4, 7], [2, 1, 4, 5, 3]
    life = [3 * x + y for x, y in zip(a, b, strict=True)]
    found = score(declaration, tabulate("uvwxy", {"a": a, "b": b, "life": life}))
    assert found.weights["all"] == pytest.approx([0.75, 0.25])
