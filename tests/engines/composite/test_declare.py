import pytest

from kurak.engines.composite import Undeclarable, declare
from tests.engines.composite.documents import a_document, a_mean

DEEP = {"code": "x0"}
for _number in range(1, 40):
    DEEP = {"code": f"x{_number}", "children": [DEEP]}

MISTAKES = {
    "unknown key": (a_mean({"code": "a", "wieght": 2}), "tree.children.0.wieght"),
    "code twice": (a_mean("a", "a"), "tree.children.1.code"),
    "code of formulas": (a_mean("score"), "tree.children.0.code"),
    "negative weight": (a_mean({"code": "a", "weight": -1}), "tree.children.0.weight"),
    "weight that is no number": (a_mean({"code": "a", "weight": "much"}), "tree.children.0.weight"),
    "all weights zero": (a_mean({"code": "a", "weight": 0}), "tree.children"),
    "no children": ({"code": "all", "children": []}, "tree.children"),
    "children and formula": ({"code": "all", "children": [{"code": "a"}], "formula": "a"}, "tree"),
    "unknown method": (a_mean("a", combine="meen"), "tree.combine.meen"),
    "unknown setting": (a_mean("a", combine={"by": "power", "p": 2, "q": 1}), "tree.combine.q"),
    "unknown class scheme": (a_mean("a", classes="bands"), "tree.classes.bands"),
    "unknown code in a formula": ({"code": "all", "formula": "b + 1"}, "tree.b"),
    "hostile formula": ({"code": "all", "formula": "__import__('os')"}, "tree.formula"),
    "bounds upside down": (a_mean({"code": "a", "bounds": [3, 1]}), "tree.children.0.bounds"),
    "use of nothing": (a_mean({"use": "b"}), "tree.children.0.use.b"),
    "denominator of nothing": (a_mean({"code": "a", "denominator": "b"}), "tree.children.0.denominator.b"),
    "required of nothing": (a_mean("a", missing={"required": ["b"]}), "tree.b"),
    "not a tree": ("tree", "tree"),
    "too deep": (DEEP, "tree" + ".children.0" * 31),
}


@pytest.mark.parametrize(("tree", "place"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_place_and_remedy(tree, place):
    with pytest.raises(Undeclarable) as refused:
        declare(a_document(tree))
    told = {".".join(map(str, each.path)): each for each in refused.value.problems}
    assert place in told
    assert told[place].said
    assert told[place].remedy


def test_all_mistakes_are_told_at_once():
    with pytest.raises(Undeclarable) as refused:
        declare(a_document(a_mean({"code": "a", "wieght": 2}, {"code": "b", "direction": "left"}), label="right"))
    assert {each.code for each in refused.value.problems} == {"declaration.key", "declaration.word"}
    assert len(refused.value.problems) == 3


def test_codes_that_need_one_another_are_a_circle():
    tree = {"code": "a", "formula": "b + 1"}
    with pytest.raises(Undeclarable, match="need one another"):
        declare(a_document(tree, also=[{"code": "b", "formula": "a + 1"}]))


def test_cuts_must_ascend():
    scheme = {"of": [{"code": "low"}, {"code": "mid", "from": 4}, {"code": "high", "above": 3}]}
    with pytest.raises(Undeclarable, match="the cut 3 is not above 4"):
        declare(a_document(a_mean("a", classes="bands"), classes={"bands": scheme}))


def test_leaves_may_hang_at_any_depth():
    tree = a_mean("a", {"code": "b", "children": [{"code": "c", "children": [{"code": "d"}]}]})
    assert [*declare(a_document(tree)).leaves_under("all")] == ["a", "d"]


def test_a_flat_index_is_a_tree_of_depth_one():
    assert declare(a_document(a_mean("a", "b"))).root == "all"


def test_children_come_before_their_parents():
    tree = {"code": "a", "formula": "b * 2"}
    also = [{"code": "b", "formula": "c + 1"}, {"code": "c", "children": [{"code": "x"}]}]
    assert [*declare(a_document(tree, also=also)).nodes] == ["c", "b", "a"]


def test_words_for_people_do_not_change_the_checksum():
    plain = a_document(a_mean("a", {"code": "b"}), classes={"k": {"of": [{"code": "low"}]}})
    told = a_document(
        a_mean({"code": "a", "title": "A", "ask": "?"}, {"code": "b", "checked": "read"}, title="All", about="…"),
        title="Trial", notes=[{"text": "x"}], classes={"k": {"of": [{"code": "low", "title": "Low"}], "about": "x"}},
    )  # fmt: skip
    assert declare(plain).checksum == declare(told).checksum


@pytest.mark.parametrize("change", [{"weight": 2}, {"direction": "down"}, {"bounds": [0, 1]}, {"column": "z"}])
def test_what_is_computed_changes_the_checksum(change):
    before = declare(a_document(a_mean("a", "b")))
    after = declare(a_document(a_mean({"code": "a", **change}, "b")))
    assert before.checksum != after.checksum


def test_a_number_has_one_form_in_the_checksum():
    one = declare(a_document(a_mean({"code": "a", "weight": 2})))
    assert one.checksum == declare(a_document(a_mean({"code": "a", "weight": 2.0}))).checksum


def test_the_documents_default_holds_where_a_leaf_says_nothing():
    minmax = {"by": "minmax", "to": [0, 1]}
    tree = a_mean("a", {"code": "b", "normalise": "none"})
    leaves = declare(a_document(tree, defaults={"normalise": minmax})).leaves
    assert leaves["a"].normalise is not None
    assert leaves["b"].normalise is None
