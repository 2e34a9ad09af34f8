"""Five methods over one series: against the slow versions, at their edges, and over odd input."""

from itertools import product

import numpy as np
import pytest

from kurak.engines.progress import (
    LADDER,
    METHODS,
    REASONS,
    Target,
    Unusable,
    disagreement,
    judge,
    judge_all,
    judge_many,
    project,
)
from kurak.engines.progress import series as made
from tests.engines.progress import slowly

SLOW = {name: getattr(slowly, name.replace("-", "_")) for name in METHODS}
CHANCE = np.random.default_rng(20261129)


def points():
    years = CHANCE.choice(np.arange(2000, 2027), CHANCE.integers(2, 16), replace=False)
    return {int(year): float(value) for year, value in zip(years, CHANCE.integers(1, 400, len(years)) / 4, strict=True)}


CASES = [(points(), int(CHANCE.integers(0, 100)), int(CHANCE.choice([1, -1]))) for _ in range(1500)]


def of(values, **more):
    return made(list(values), list(values.values()), **more)


def says(verdict):
    return verdict.score if verdict.method == "un-chart" else verdict.status


def judged(cases, **more):
    every = [of(values, direction=d) for values, _, d in cases]
    return judge_many(every, [Target(goal) for _, goal, _ in cases], **more)


@pytest.mark.parametrize("method", METHODS)
def test_fast_and_slow_say_the_same(method):
    found = [says(each.verdicts[method]) for each in judged(CASES, methods=[method])]
    assert found == [SLOW[method](*case) for case in CASES]
    assert len(set(found)) >= 4


def test_many_at_once_are_judged_as_each_alone():
    alone = [judge_all(of(values, direction=d), Target(goal)) for values, goal, d in CASES[:100]]
    assert judged(CASES)[:100] == alone


def test_whoever_does_not_judge_says_why():
    for each in judged(CASES, now=2026):
        for verdict in each.verdicts.values():
            assert (verdict.status is None) == (verdict.reason in REASONS) == (verdict.step == "cannot-be-judged")
            assert verdict.step in LADDER
            assert all(np.isfinite(list(verdict.inputs.values())))


def test_open_sdg_changes_its_word_at_60_and_95_percent_of_the_rate_needed():
    needed = 2 ** (1 / 15) - 1
    for share, word in [
        (0.95, "substantial"),
        (0.949, "moderate"),
        (0.6, "moderate"),
        (0.599, "limited"),
        (0, "limited"),
    ]:
        found = judge(of({2015: 50.0, 2020: 50 * (1 + share * needed) ** 5}), Target(100), method="open-sdg")
        assert found.status == f"{word}-progress"


def test_without_a_target_only_the_growth_methods_judge():
    found = judge_all(of({2015: 100.0, 2018: 102.0, 2020: 108.0})).verdicts
    assert found["open-sdg"].status == "substantial-progress"
    assert found["eurostat"].status == "significant-progress"
    assert found["un-chart"].score == 2
    assert found["unescap"].reason == found["sdg-index"].reason == "no-target"


def test_near_a_natural_limit_slow_growth_is_enough():
    slow = {2015: 95.0, 2020: 97.0}
    assert judge(of(slow), method="open-sdg").status == "limited-progress"
    near = judge(of(slow, limits=(0, 100)), method="open-sdg")
    assert near.status == "substantial-progress"
    assert near.inputs["room"] == pytest.approx(1 - 0.95**4.44)


def test_a_share_within_one_point_of_its_limit_has_met_the_target_of_the_un_chart():
    values = {2015: 99.5, 2017: 99.2}
    assert judge(of(values), Target(100), method="un-chart").score == 1
    assert judge(of(values, limits=(0, 100)), Target(100), method="un-chart").step == "achieved"


def test_a_target_that_was_met_and_lost_is_no_progress():
    values = {2015: 120.0, 2018: 105.0, 2020: 90.0}
    found = judge_all(of(values), Target(100))
    assert {verdict.step for verdict in found.verdicts.values()} == {"moving-away"}
    assert judge(of(values), Target(100), method="un-chart", careful=False).score == 3


def test_zero_and_negative_bases_have_no_growth_rate():
    for base in (0.0, -2.0):
        found = judge_all(of({2015: base, 2018: 3.0, 2020: 5.0}), Target(10)).verdicts
        assert [found[m].reason for m in ("open-sdg", "eurostat", "un-chart")] == ["base-not-positive"] * 3
        assert found["unescap"].status == found["sdg-index"].status.replace("on-track", "maintain") == "maintain"


def test_as_published_zero_becomes_a_thousandth_and_a_change_of_sign_gives_nothing():
    assert judge(of({2015: 0.0, 2020: 5.0}), Target(10), method="open-sdg", careful=False).inputs["growth"] > 4
    assert judge(of({2015: -2.0, 2020: 5.0}), Target(10), method="open-sdg", careful=False).reason == "sign-change"


def test_rates_of_change_are_not_grown():
    found = judge_all(of({2015: 2.0, 2018: 3.0, 2020: 4.0}, kind="growth"), Target(7)).verdicts
    assert [found[m].reason for m in ("open-sdg", "eurostat", "un-chart")] == ["growth-unit"] * 3
    assert found["unescap"].status == "maintain"


def test_parity_is_judged_by_unescap_from_both_sides():
    for values in ({2015: 0.8, 2020: 0.9}, {2015: 1.2, 2020: 1.1}):
        found = judge_all(of(values, kind="parity"), Target(1.0, tolerance=0.03)).verdicts
        assert found["unescap"].score == pytest.approx(5)
        assert {found[m].reason for m in METHODS if m != "unescap"} == {"parity"}
    assert judge(of({2015: 0.8, 2020: 0.98}, kind="parity"), Target(1.0, tolerance=0.03), method="unescap").score == 10


def test_old_values_are_not_judged():
    values = {2010: 1.0, 2015: 2.0, 2019: 3.0}
    assert judge_all(of(values), Target(9), now=2024).headline is not None
    stale = judge_all(of(values), Target(9), now=2025)
    assert stale.headline is None
    assert {verdict.reason for verdict in stale.verdicts.values()} == {"stale"}


def test_one_value_none_and_the_target_as_base_are_told_apart():
    assert judge(made([], []), Target(1), method="unescap").reason == "no-values"
    assert judge(of({2016: 1.0}), Target(2), method="unescap").reason == "few-points"
    assert judge(of({2010: 1.0, 2012: 2.0}), Target(3), method="unescap").reason == "no-base"
    assert judge(of({2015: 3.0, 2018: 2.0}), Target(3), method="unescap").reason == "target-equals-base"


def test_a_target_year_that_is_over_is_met_or_cannot_be_judged():
    assert judge(of({2015: 1.0, 2021: 2.0}), Target(3, 2020), method="open-sdg").reason == "target-year-passed"
    assert judge(of({2015: 1.0, 2021: 3.0}), Target(3, 2020), method="open-sdg").status == "target-achieved"


def test_the_base_can_be_the_first_from_a_year_the_one_in_it_or_the_last_until_it():
    values = {2010: 1.0, 2013: 2.0, 2016: 3.0, 2020: 4.0}
    for rule, base in (("from", 3.0), ("until", 2.0)):
        assert judge(of(values), Target(9, base_year=2015, base=rule), method="unescap").inputs["base"] == base
    assert judge(of(values), Target(9, base_year=2015, base="exact"), method="unescap").reason == "no-base"


def test_a_series_that_stands_still_stagnates():
    found = judge_all(of({2015: 5.0, 2018: 5.0, 2020: 5.0}), Target(9)).verdicts
    assert [found[m].step for m in METHODS] == ["stagnating"] * 3 + ["too-slow", "stagnating"]


def test_the_headline_is_unescap_for_long_series_and_open_sdg_for_short_ones():
    long = judge_all(of({year: year - 2000.0 for year in range(2010, 2018)}), Target(99))
    assert (long.headline, long.verdict.n) == ("unescap", 8)
    short = judge_all(of({year: year - 2000.0 for year in range(2011, 2018)}), Target(99))
    assert (short.headline, short.verdict.n) == ("open-sdg", 3)
    assert "short series (7 values)" in short.why


def test_a_headline_that_cannot_judge_gives_way_and_says_so():
    found = judge_all(of({2015: 0.0, 2018: 1.0}), Target(9))
    assert found.headline == "unescap"
    assert "it cannot judge, so UNESCAP" in found.why


def test_methods_that_agree_do_not_contradict():
    found = disagreement(judge_all(of({2015: 50.0, 2017: 58.0, 2020: 75.0}), Target(100)))
    assert (found.contradict, found.opposite, set(found.groups)) == (False, False, {"good"})


def test_an_unknown_method_and_a_wrong_number_of_targets_are_refused():
    with pytest.raises(Unusable, match=r"there is no method 'escap'.*Name: open-sdg"):
        judge_many([], [], methods=["escap"])
    with pytest.raises(Unusable, match="1 series and 2 targets"):
        judge_many([of({2015: 1.0})], [Target(1), Target(2)])


ODD = [[], [1], [0, 0, 0], [1e99, 1e99, -1e99], [-1, -2, -3], [1e-320, 1, 2], [0, 0, 100], [1e90, 1e90, 1e-90]]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("values", ODD, ids=str)
@pytest.mark.parametrize("limits", [(None, None), (0, 100), (0, None)])
def test_odd_values_give_finite_scores_or_reasons_and_no_warning(values, limits):
    for d, goal, kind in product((1, -1), (None, 0.0, 100.0, -5.0, 1e99), ("level", "parity", "growth")):
        try:
            one = made(range(2015, 2015 + len(values)), values, direction=d, kind=kind, limits=limits)
        except Unusable:
            return  # outside its natural limits
        for careful in (True, False):
            for verdict in judge_all(one, Target(goal), careful=careful).verdicts.values():
                assert (verdict.status is None) == (verdict.step == "cannot-be-judged")
                assert verdict.score is None or np.isfinite(verdict.score)
        found = project(one, Target(goal))
        assert found.reason or found.low <= found.middle <= found.high
        assert found.met is None or 0 <= found.met <= 1


def growing(percent):
    return of({2015: 50.0, 2020: 50 * (1 + percent / 100) ** 5})


@pytest.mark.parametrize(
    ("percent", "eurostat", "un_chart"),
    [(2.0, "significant-progress", 3), (1.99, "significant-progress", 2), (1.0, "significant-progress", 2),
     (0.99, "moderate-progress", 2), (0.49, "moderate-progress", 1), (-0.99, "moderate-movement-away", 1),
     (-1.0, "significant-movement-away", 1)],
)  # fmt: skip
def test_without_a_target_the_growth_rate_alone_gives_the_word(percent, eurostat, un_chart):
    found = judge_all(growing(percent)).verdicts
    assert (found["eurostat"].status, found["un-chart"].score) == (eurostat, un_chart)


def test_one_point_from_the_limit_is_near_and_more_is_not():
    for last, step in ((99.0, "achieved"), (98.9, "moving-away")):
        one = of({2015: 99.5, 2017: last}, limits=(0, 100))
        assert judge(one, Target(100), method="un-chart").step == step


def test_eurostat_also_looks_at_fifteen_years_if_ten_are_spanned():
    long = judge(of({2004: 1.0, 2005: 10.0, 2015: 20.0, 2020: 40.0}), Target(99), method="eurostat")
    assert long.inputs["growth_15_years"] == pytest.approx(4 ** (1 / 15) - 1)
    short = judge(of({2011: 10.0, 2015: 20.0, 2020: 40.0}), Target(99), method="eurostat")
    assert "growth_15_years" not in short.inputs
