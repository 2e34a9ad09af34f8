"""The path to the next class: the same as trying every combination, and right where there is none."""

import json

import numpy as np
import pytest

from kurak.engines.composite import Unusable, declare, tabulate
from kurak.engines.composite.rising import rise
from tests.engines.composite.rising.brute import cheapest, random_document, random_row


def risen(document, row, **settings):
    return rise(declare(document), tabulate(["KGZ"], {code: [value] for code, value in row.items()}), "KGZ", **settings)


def standing(document, path, code):
    order = [each["code"] for each in document["classes"]["c"]["of"]]
    order = order if document["classes"]["c"]["better"] == "high" else order[::-1]
    return order.index(code) if code else -1


def agrees(document, row, **settings):
    path = risen(document, row, **settings)
    if path.proof == "best-already":
        return path
    best = cheapest(document, row, standing(document, path, path.to), settings.get("cost"))
    if best is None:
        assert path.proof == "impossible"
    else:
        assert path.cost == pytest.approx(best, abs=1e-6)
        assert path.proof == "exact"
    return path


@pytest.mark.parametrize("better", ["high", "low"])
@pytest.mark.parametrize("seed", range(12))
def test_of_sums_no_combination_is_cheaper(seed, better):
    rng = np.random.default_rng(seed)
    agrees(random_document(rng, better=better), random_row(rng))


@pytest.mark.parametrize("seed", range(12))
def test_of_other_combinations_none_is_cheaper(seed):
    rng = np.random.default_rng(seed)
    ways = ("mean", "min", "max", "median", {"by": "mean-of-worst", "k": 2}, {"by": "geometric", "zero": "zero"})
    agrees(random_document(rng, ways), random_row(rng))


@pytest.mark.parametrize("seed", range(12))
def test_with_open_and_inapplicable_criteria_none_is_cheaper(seed):
    rng = np.random.default_rng(seed)
    agrees(random_document(rng, ("mean", "min")), random_row(rng, missing=0.3))


@pytest.mark.parametrize("seed", range(6))
def test_dear_criteria_are_avoided(seed):
    rng = np.random.default_rng(seed)
    agrees(random_document(rng), random_row(rng), cost={code: float(rng.uniform(0.1, 5)) for code in "abcde"})


def instrument(tree, of, better="high", **more):
    scheme = {"of": of, "better": better}
    return {"format": 1, "code": "t", "edition": "1", "label": "exact", "tree": tree, "classes": {"c": scheme}, **more}


def two(combine="mean", of=({"code": "weak"}, {"code": "strong", "from": 6}), inputs=(), then=(), **leaf):
    leaves = [{"code": code, "bounds": [0, 10], **leaf} for code in "ab"]
    tree = {"code": "all", "classes": "c", "combine": combine, "children": leaves, "then": list(then)}
    return instrument(tree, list(of), inputs=list(inputs))


def moves(path):
    return [(each.code, each.before, pytest.approx(each.after, abs=1e-6)) for each in path.moves]


def test_the_cheaper_of_two_equal_criteria_moves():
    path = risen(two(), {"a": 4, "b": 4}, cost={"a": 1, "b": 2})
    assert moves(path) == [("a", 4, 8)]
    assert (path.cost, path.proof, path.now, path.to) == (pytest.approx(4), "exact", "weak", "strong")


def test_when_one_is_at_its_end_the_other_goes_on():
    path = risen(two(), {"a": 4, "b": 4}, feasible={"a": (0, 6)}, cost={"a": 1, "b": 2})
    assert sorted(moves(path)) == [("a", 4, 6), ("b", 4, 6)]


def test_a_cut_that_does_not_belong_to_the_class_is_passed():
    path = risen(two(of=[{"code": "weak"}, {"code": "strong", "above": 6}]), {"a": 6, "b": 6})
    assert path.after > 6
    assert path.cost == pytest.approx(0, abs=1e-6)


def test_steps_are_kept():
    path = risen(two(), {"a": 4, "b": 4}, steps={"a": [4, 7, 10], "b": [4, 7]}, cost={"a": 1, "b": 1.1})
    assert moves(path) == [("a", 4, 10)]


def test_a_criterion_without_price_tag_stays():
    path = risen(two(), {"a": 4, "b": 4}, cost={"a": np.inf})
    assert moves(path) == [("b", 4, 8)]
    assert path.fixed == {"a": "fixed"}


def test_what_nothing_can_reach_is_impossible():
    path = risen(two(), {"a": 4, "b": 1}, feasible={"a": (0, 5), "b": (0, 5)})
    assert (path.proof, path.best, path.cut, path.moves) == ("impossible", 5, 6, ())


def test_a_unit_in_the_best_class_has_no_path():
    assert risen(two(), {"a": 9, "b": 9}).proof == "best-already"


def test_where_nothing_may_change_nothing_is_possible():
    path = risen(two(), {"a": 1, "b": 1}, cost={"a": np.inf, "b": np.inf})
    assert path.proof == "impossible"


def test_less_is_better_rises_downward():
    of = [{"code": "good"}, {"code": "bad", "above": 3}]
    tree = {"code": "all", "classes": "c", "children": [{"code": c, "bounds": [1, 7]} for c in "ab"]}
    path = risen(instrument(tree, of, "low", scale={"low": 1, "high": 7, "better": "low"}), {"a": 6, "b": 4})
    assert (path.now, path.to, path.cut) == ("bad", "good", 3)
    assert path.after == pytest.approx(3)


def test_a_harmful_criterion_goes_down():
    path = risen(
        instrument(
            {"code": "all", "classes": "c", "formula": "50 * (ready - hurt + 1)"},
            [{"code": "weak"}, {"code": "strong", "from": 60}],
            inputs=[{"code": "ready", "bounds": [0, 1]}, {"code": "hurt", "bounds": [0, 1]}],
        ),
        {"ready": 0.5, "hurt": 0.6},
        cost={"hurt": 1, "ready": 3},
    )  # fmt: skip
    assert moves(path) == [("hurt", 0.6, 0.3)]
    assert path.proof == "exact"


def test_goalposts_of_a_criterion_where_less_is_better():
    leaf = {"direction": "down", "normalise": {"by": "goalposts", "low": 0, "high": 10, "to": [0, 10]}}
    path = risen(two(**leaf), {"a": 5, "b": 5})
    assert path.after == pytest.approx(6)
    assert all(move.after < 5 for move in path.moves)


def test_beyond_a_goalpost_nothing_is_gained():
    leaf = {"normalise": {"by": "goalposts", "low": 0, "high": 8, "to": [0, 10], "clip": True}}
    path = risen(two(of=[{"code": "weak"}, {"code": "strong", "from": 10}], **leaf), {"a": 4, "b": 4})
    assert sorted(moves(path)) == [("a", 4, 8), ("b", 4, 8)]
    assert path.proof == "exact"


FLOOR = [{"code": "weak"}, {"code": "strong", "from": 6, "needs": "b >= 5 and trust >= 0.7"}]
TRUST = [{"code": "trust", "bounds": [0, 1]}]


def test_floors_must_be_met_besides_the_cut():
    path = risen(two(of=FLOOR, inputs=TRUST), {"a": 10, "b": 3, "trust": 0.5})
    assert sorted(moves(path)) == [("b", 3, 5), ("trust", 0.5, 0.7)]
    assert path.proof == "exact"
    assert [(each.by, each.said, each.lifted) for each in path.blocks[:2]] == [
        ("needs", "b >= 5", True), ("needs", "trust >= 0.7", True)
    ]  # fmt: skip
    assert {each.code for each in path.blocks[2:]} == {"b", "trust"}


def test_a_floor_out_of_reach_is_named():
    path = risen(two(of=FLOOR, inputs=TRUST), {"a": 10, "b": 3, "trust": 0.5}, feasible={"b": (0, 4)})
    assert path.proof == "impossible"
    assert [(each.said, each.lifted) for each in path.blocks] == [("b >= 5", False), ("trust >= 0.7", True)]


GATE = {"inputs": [{"code": "gate", "answers": {"no": 0, "yes": 1}}],
        "then": [{"code": "closed", "veto": "missing", "when": "gate < 1"}]}  # fmt: skip


def test_a_veto_is_lifted_first():
    path = risen(two(**GATE), {"a": 9, "b": 9, "gate": "no"})
    assert (path.now, path.to, path.why) == ("", "weak", "veto")
    assert [(each.code, each.word_before, each.word_after) for each in path.moves] == [("gate", "no", "yes")]
    assert [(each.by, each.code, each.lifted) for each in path.blocks] == [
        ("veto", "closed", True), ("criterion", "gate", True)
    ]  # fmt: skip


def test_an_open_gate_stays_open():
    path = risen(two(**GATE), {"a": 4, "b": 4, "gate": "yes"})
    assert "gate" not in [each.code for each in path.moves]
    assert path.proof == "exact"


def test_a_cap_that_holds_back_is_named_and_lifted():
    cap = {"inputs": TRUST, "then": [{"code": "doubt", "cap": 5, "when": "trust < 0.5"}]}
    path = risen(two(**cap), {"a": 8, "b": 8, "trust": 0.2})
    assert [each.code for each in path.moves] == ["trust"]
    assert path.moves[0].after == pytest.approx(0.5, abs=2e-3)
    assert ("cap", "doubt") in [(each.by, each.code) for each in path.blocks]


def test_singles_that_would_be_enough_are_told_cheapest_first():
    path = risen(two(), {"a": 4, "b": 7}, cost={"a": 2, "b": 1})
    assert [each.code for each in path.alone] == ["b", "a"]
    assert not risen(two(), {"a": 1, "b": 1}).alone


def test_an_answer_to_an_open_question_may_be_the_change():
    tree = two()["tree"] | {"missing": "strict"}
    path = risen(two() | {"tree": tree}, {"a": 9, "b": None})
    assert (path.now, path.to) == ("", "weak")
    assert [each.code for each in path.moves] == ["b"]
    assert np.isnan(path.moves[0].before)
    assert [(each.by, each.code) for each in path.blocks] == [("criterion", "b")]


def test_what_does_not_apply_stays_so():
    tokens = {"missing": {"n/a": "not-applicable"}}
    path = risen(two() | tokens, {"a": 4, "b": "n/a"})
    assert (moves(path), path.fixed) == ([("a", 4, 6)], {"b": "not-applicable"})


@pytest.mark.parametrize("start", [(1, 9), (2, 3), (0.5, 5)])
def test_of_a_geometric_mean_the_search_comes_near_the_optimum(start):
    """min da + db with (a + da)(b + db) = 36: both equal, or the higher one untouched."""
    path = risen(two("geometric"), dict(zip("ab", start, strict=True)), cost={"a": 1, "b": 1})
    low, high = sorted(start)
    best = 36 / high - low if high >= 6 else 12 - low - high
    assert path.cost == pytest.approx(best, abs=0.02)
    assert path.bound <= path.cost
    assert path.proof == "found"


def test_only_the_lowest_counts_for_a_minimum():
    path = risen(two("min"), {"a": 3, "b": 8})
    assert [(each.code, each.after) for each in path.moves] == [("a", pytest.approx(6, abs=0.01))]
    assert [(each.by, each.code) for each in path.blocks] == [("criterion", "a")]


def test_parameters_from_the_data_are_held_and_found_anew_when_asked():
    document = two(of=[{"code": "weak"}, {"code": "strong", "from": 60}], normalise="minmax")
    table = tabulate(["A", "B", "C"], {"a": [0, 2, 4], "b": [0, 2, 4]})
    path = rise(declare(document), table, "B", recompute=True)
    assert (path.proof, path.anew, path.notes) == ("exact", True, ("held",))
    assert path.cost == pytest.approx(0.8 / 10)


def test_a_class_that_moves_away_is_noticed():
    """With the minimum of now the worst unit needs 3 of 10; found anew another is the worst, and it needs more."""
    document = two(of=[{"code": "weak"}, {"code": "strong", "from": 30}], normalise="minmax")
    table = tabulate(["A", "B", "C"], {"a": [0, 5, 10], "b": [0, 5, 10]})
    path = rise(declare(document), table, "A", recompute=True)
    assert (path.proof, path.anew) == ("exact", False)


def test_among_quartiles_a_unit_must_overtake_others():
    document = two()
    document["classes"]["c"] = {"by": "quantiles", "of": [{"code": each} for each in ("q1", "q2", "q3", "q4")]}
    table = tabulate(list("ABCDEFGH"), {"a": range(1, 9), "b": range(1, 9)})
    path = rise(declare(document), table, "D")
    assert (path.now, path.to) == ("q2", "q3")
    assert path.after == pytest.approx(5, abs=0.02)


def test_a_denominator_is_no_criterion_but_counts():
    document = instrument(
        {"code": "all", "classes": "c", "children": [{"code": "schools", "bounds": [0, 100], "denominator": "people"}]},
        [{"code": "weak"}, {"code": "strong", "from": 3}],
        inputs=[{"code": "people"}],
    )
    path = risen(document, {"schools": 20, "people": 10})
    assert moves(path) == [("schools", 20, 30)]
    assert path.fixed == {"people": "divides"}


def test_a_unit_in_a_period_is_meant():
    document = two()
    table = tabulate(["A", "A"], {"a": [4, 9], "b": [4, 9]}, [2023, 2024])
    assert rise(declare(document), table, ("A", "2023")).moves
    assert rise(declare(document), table, ("A", "2024")).proof == "best-already"


def test_a_class_further_up_can_be_asked_for():
    of = [{"code": "weak"}, {"code": "fair", "from": 5}, {"code": "strong", "from": 8}]
    assert risen(two(of=of), {"a": 2, "b": 2}, to="strong").after == pytest.approx(8)
    assert risen(two(of=of), {"a": 9, "b": 9}, to="fair").proof == "best-already"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"node": "none"}, "rise.node"),
        ({"to": "splendid"}, "rise.to"),
        ({"cost": {"c": 1}}, "rise.leaf"),
        ({"cost": {"a": -1}}, "rise.cost"),
    ],
)
def test_what_is_not_there_is_refused(settings, code):
    with pytest.raises(Unusable) as refused:
        risen(two(), {"a": 1, "b": 1}, **settings)
    assert refused.value.problems[0].code == code


def test_a_node_without_classes_and_an_unknown_unit_are_refused():
    plain = two()
    del plain["tree"]["classes"]
    with pytest.raises(Unusable, match="has no classes"):
        risen(plain, {"a": 1, "b": 1})
    with pytest.raises(Unusable, match="there is no unit 'UZB'"):
        rise(declare(two()), tabulate(["KGZ"], {"a": [1], "b": [1]}), "UZB")


def wide(combine, rng, answers=None):
    """Thirty criteria in three groups."""
    leaf = {"answers": answers} if answers else {"bounds": [0, 100]}
    groups = [
        {"code": f"g{g}", "combine": combine,
         "children": [{"code": f"l{g}{i}", "weight": int(rng.integers(1, 5)), **leaf} for i in range(10)]}
        for g in range(3)
    ]  # fmt: skip
    of = [{"code": "weak"}, {"code": "fair", "from": 50}, {"code": "strong", "from": 65}]
    return instrument({"code": "all", "classes": "c", "combine": combine, "children": groups}, of)


@pytest.mark.parametrize("answers", [None, {str(n): 25 * n for n in range(5)}])
@pytest.mark.parametrize("seed", range(3))
def test_the_search_is_nearly_as_good_as_the_proof(seed, answers):
    """OWA with equal weights of places is the plain mean, but nobody tells the engine. One answer more is no shame."""
    rng = np.random.default_rng(seed)
    row = {f"l{g}{i}": 25 * int(rng.integers(0, 4)) for g in range(3) for i in range(10)}
    plain = wide("mean", rng, answers)
    for group in plain["tree"]["children"]:
        for leaf in group["children"]:
            del leaf["weight"]
    document = json.dumps(plain).replace('"mean"', json.dumps({"by": "owa", "exponent": 1}))
    exact, found = risen(plain, row), risen(json.loads(document), row)
    assert (exact.proof, found.proof) == ("exact", "found")
    assert exact.cost - 1e-6 <= found.cost <= exact.cost + (0.26 if answers else 0.05 * exact.cost)


def test_of_a_minimum_of_many_each_rises_to_the_cut_and_no_further():
    rng = np.random.default_rng(0)
    row = {f"l{g}{i}": float(rng.uniform(20, 80)) for g in range(3) for i in range(10)}
    path = risen(wide("min", np.random.default_rng(0)), row)
    assert {each.code for each in path.moves} == {code for code, value in row.items() if value < 50}
    assert [each.after for each in path.moves] == pytest.approx([50] * len(path.moves), abs=0.1)


def test_the_same_question_has_the_same_answer():
    rng = np.random.default_rng(1)
    row = {f"l{g}{i}": float(rng.uniform(20, 80)) for g in range(3) for i in range(10)}
    one, other = (risen(wide("geometric", np.random.default_rng(1)), row) for _ in range(2))
    assert one.moves == other.moves
