"""What raters leave open, in every score: draws of criteria become draws of the index."""

import numpy as np
import pytest

from kurak.engines.composite import Unusable, declare, score, tabulate
from kurak.engines.composite.raters import carried, gather, placed
from tests.engines.composite.documents import a_document, a_mean
from tests.engines.composite.raters.simulated import numbers, raters

GRADES = {"poor": 0, "fair": 40, "good": 100}
HALVES = {"halves": {"by": "quantiles", "of": [{"code": "low"}, {"code": "high"}]}}


def coded(cases="xyz", seed=0, **settings):
    """Three raters, all cases."""
    codes = np.random.default_rng(seed).integers(0, 3, (len(cases), 3))
    codes[0], codes[-1] = (0, 0, 1), (2, 1, 2)
    return placed(
        gather(np.repeat(list(cases), 3), list("abc") * len(cases), codes.ravel()),
        **{"answers": 3, "rounds": 400} | settings,
    )


def an_index(*children, **more):
    return declare(a_document(a_mean(*children, **more.pop("root", {})), **more))


def test_every_draw_is_what_scoring_its_values_gives():
    """Through answers, treatment, normalisation and imputation."""
    stages = {"treat": {"by": "winsorise", "skew": 0.5, "kurtosis": -2}, "impute": "mean", "normalise": "minmax"}
    index = an_index({"code": "a", "answers": GRADES}, "b", root={"combine": "copeland"}, defaults=stages)
    table = tabulate("wxyz", {"a": [None] * 4, "b": [1.0, 2.0, 4.0, 3.0]})
    found, places = carried(index, table, {"a": coded()}), coded()
    plain = an_index("a", "b", root={"combine": "copeland"}, defaults=stages)
    for draw in range(0, len(places.draws), 97):
        values = np.interp(places.draws[draw], [0, 1, 2], [0, 40, 100]).tolist()
        slow = score(plain, tabulate("wxyz", {"a": [None, *values], "b": [1.0, 2.0, 4.0, 3.0]}))
        np.testing.assert_array_equal(found.outcomes.scores["all"][draw], slow.scores["all"])
        np.testing.assert_array_equal(found.outcomes.ranks["all"][draw], slow.ranks())


def test_intervals_of_an_index_hold_about_as_often_as_they_say():
    held = []
    for seed in range(30):
        truths = {code: numbers(10 * seed + place, cases=25, raters=6, each=3) for place, code in enumerate("ab")}
        table = tabulate(range(25), dict.fromkeys("ab", [None] * 25))
        found = carried(an_index("a", "b"), table, {code: placed(each.ratings) for code, each in truths.items()})
        truth = np.mean([each.place for each in truths.values()], axis=0)
        spread = found.scores()
        held.append(np.mean((spread.low <= truth) & (truth <= spread.high)))
    assert 0.82 <= np.mean(held) <= 0.97


def test_criteria_placed_with_one_seed_do_not_err_together():
    table = tabulate("xyz", {"a": [None] * 3, "b": [None] * 3})
    index = an_index({"code": "p", "children": [{"code": "a"}]}, {"code": "q", "children": [{"code": "b"}]})
    found = carried(index, table, {code: coded(by="additive") for code in "ab"}).outcomes.scores
    assert abs(np.corrcoef(found["p"][:, 1], found["q"][:, 1])[0, 1]) < 0.1


def test_ranks_and_classes_have_their_chances():
    truth = raters(1, cases=12, raters=6, each=4)
    table = tabulate(range(12), {"a": [None] * 12})
    index = an_index("a", root={"classes": "halves"}, classes=HALVES)
    found = carried(index, table, {"a": placed(truth.ratings, rounds=800)})
    best = int(np.argmin(found.nominal_ranks()))
    assert found.classes()["high"][best] > 0.8
    assert 0 < found.holds().min() < 1


def test_a_unit_without_raters_keeps_what_the_table_has():
    found = carried(an_index("a"), tabulate("wxyz", {"a": [7, None, None, None]}), {"a": coded()})
    assert (found.outcomes.scores["all"][:, 0] == 7).all()


def test_units_in_periods_are_named_with_them():
    table = tabulate("xx", {"a": [None, None]}, ["2019", "2020"])
    found = carried(an_index("a"), table, {"a": coded(["x 2019", "x 2020"])})
    assert found.nominal_scores()[0] < found.nominal_scores()[1]


def test_threads_and_memory_change_no_bit():
    index, table = an_index("a", "b"), tabulate("xyz", {"a": [None] * 3, "b": [1, 2, 3]})
    one = carried(index, table, {"a": coded()})
    other = carried(index, table, {"a": coded()}, threads=3, memory=200_000)
    assert one.outcomes.scores["all"].tobytes() == other.outcomes.scores["all"].tobytes()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "no criterion was coded"),
        ({"c": coded()}, "'c' is no criterion"),
        ({"a": coded("wxy")}, "the table has no row 'w'"),
        ({"a": coded(answers=None, by="additive", share=0.9)}, "a has 2 values, and a code goes up to"),
    ],
)
def test_what_does_not_fit_is_refused(given, said):
    index = an_index({"code": "a", "answers": {"no": 0, "yes": 1}})
    with pytest.raises(Unusable, match=said):
        carried(index, tabulate("xyz", {"a": [None] * 3}), given)
