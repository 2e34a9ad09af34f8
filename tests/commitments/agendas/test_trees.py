"""Trees: changes leave the old one alone; two of them are compared line by line."""

import pytest

from kurak.commitments.agendas import trees
from kurak.ground.errors import Refused
from tests.factories.commitments import TREE


def codes(tree) -> list[tuple[str, str]]:
    return [(each.code, each.parent) for each in trees.placed(tree)]


def test_a_part_is_added_moved_stepped_and_removed():
    tree = trees.added(TREE, {"code": "2.1", "title": "x"}, under="2")
    assert ("2.1", "2") in codes(tree)
    assert ("2.1", "1") in codes(trees.moved(tree, "2.1", under="1"))
    assert codes(trees.stepped(TREE, "1.2", -1))[1:3] == [("1.2", "1"), ("1.1", "1")]
    assert codes(trees.removed(TREE, "1")) == [("2", "")]
    assert codes(TREE) == [("1", ""), ("1.1", "1"), ("1.2", "1"), ("2", "")]


def test_a_part_does_not_stand_inside_itself():
    with pytest.raises(Refused) as refused:
        trees.moved(TREE, "1", under="1.1")
    assert refused.value.code == "provision.inside_itself"


def test_a_code_is_given_once():
    with pytest.raises(Refused):
        trees.added(TREE, {"code": "1.1", "title": "x"})


def test_two_trees_line_by_line():
    after = trees.removed(trees.moved(TREE, "1.2", under="2"), "1.1")
    after = trees.added(after, {"code": "3", "title": "x"})
    after = trees.changed(after, "2", lambda node: node.update(title={"en": "Cleaner air"}))
    lines = {line.code: line.kind for line in trees.compared(TREE, after)}
    assert lines == {"1": "same", "1.1": "removed", "2": "changed", "1.2": "moved", "3": "added"}


def test_what_went_stands_where_it_stood():
    order = [line.code for line in trees.compared(TREE, trees.removed(TREE, "1.2"))]
    assert order == ["1", "1.1", "1.2", "2"]


def test_the_order_of_keys_makes_no_other_tree():
    assert trees.sha256_of({"provisions": [{"a": 1, "b": 2}]}) == trees.sha256_of({"provisions": [{"b": 2, "a": 1}]})
