"""Routing: probabilities that sum to one, follow the objective, starve nothing, and an alarm that goes off."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kurak.engines.opinion.routing import ALARMS, Objective, draw_next, route, watch
from kurak.engines.opinion.tally import Tally

WIDTH = 9

counts = arrays(np.int64, (3, 2, WIDTH), elements=st.integers(0, 400))
masks = arrays(np.bool_, WIDTH)


def tally_of(cells):
    agree, disagree, passed = cells
    return Tally(agree, disagree, agree + disagree + passed)


def even_tally(seen):
    half = np.array([seen]) // 2
    return Tally(half, half, 2 * half)


@given(counts, masks, masks)
def test_probabilities_sum_to_one_over_what_is_available(cells, available, meta):
    routing = route(tally_of(cells), available, meta=meta)
    assert routing.probabilities.sum() == pytest.approx(1.0 if available.any() else 0.0, abs=1e-12)
    assert np.all(routing.probabilities[available] > 0)
    assert np.all(routing.probabilities[~available] == 0)


@given(counts, masks, masks)
def test_sound_routing_raises_no_alarm_about_its_probabilities(cells, available, meta):
    assert route(tally_of(cells), available, meta=meta).alarm in (None, "flat-objective")


@given(counts, masks, st.permutations(range(WIDTH)))
def test_the_order_of_statements_changes_nothing(cells, available, order):
    straight = route(tally_of(cells), available).probabilities
    assert route(tally_of(cells[:, :, order]), available[order]).probabilities == pytest.approx(straight[order])


@given(counts)
def test_agree_and_disagree_count_alike(cells):
    t = tally_of(cells)
    mirrored = route(Tally(t.disagree, t.agree, t.seen), np.ones(WIDTH, bool))
    assert mirrored.probabilities == pytest.approx(route(t, np.ones(WIDTH, bool)).probabilities)


def test_a_contested_statement_comes_before_a_settled_one_seen_as_often():
    routing = route(Tally(np.array([[20, 40]]), np.array([[20, 0]]), np.array([[40, 40]])), [True, True])
    assert routing.probabilities[0] > routing.probabilities[1]


def test_what_a_person_would_surely_say_is_asked_less():
    routing = route(even_tally([40, 40]), [True, True], predicted=[0.5, 0.99])
    assert routing.probabilities[0] > routing.probabilities[1]


def test_statements_about_the_respondent_stay_under_their_cap_while_others_wait():
    meta = np.arange(WIDTH) < 6
    routing = route(even_tally([0] * WIDTH), np.ones(WIDTH, bool), meta=meta, objective=Objective(meta_cap=0.1))
    assert routing.probabilities[meta].sum() == pytest.approx(0.1)
    assert route(even_tally([0] * WIDTH), meta, meta=meta).probabilities[meta].sum() == pytest.approx(1.0)


def test_nothing_falls_under_the_floor():
    routing = route(even_tally([10_000] * 8 + [0]), np.ones(WIDTH, bool), objective=Objective(floor=0.2))
    assert routing.probabilities.min() >= 0.2 / WIDTH


def test_after_enough_draws_every_statement_has_the_views_it_is_owed():
    rng = np.random.default_rng(5)
    seen = np.zeros(50, np.int64)
    seen[:25] = 500  # half of the statements are old
    for _ in range(25 * 20 * 4):
        routing = route(even_tally(seen // 2 * 2), np.ones(50, bool), exposure=seen)
        seen[draw_next(routing, rng.random())] += 1
    assert seen.min() >= 20


@given(counts, masks, st.floats(0, 1, exclude_max=True))
def test_the_statement_drawn_is_available(cells, available, uniform):
    drawn = draw_next(route(tally_of(cells), available), uniform)
    assert (drawn is None) == (not available.any())
    assert drawn is None or available[drawn]


def test_draws_follow_the_logged_probabilities():
    routing = route(even_tally([0, 4, 60, 200]), np.ones(4, bool))
    drawn = [draw_next(routing, u) for u in (np.arange(4000) + 0.5) / 4000]
    assert np.bincount(drawn) / 4000 == pytest.approx(routing.probabilities, abs=1e-3)


EVEN, RISING = np.full(5, 0.2), np.arange(1, 6) / 15


@pytest.mark.parametrize(
    ("probabilities", "total", "exposure", "alarm"),
    [
        (RISING, RISING, None, None),
        (EVEN, RISING, None, "uniform"),
        (np.array([0.96, 0.01, 0.01, 0.01, 0.01]), RISING, None, "one-takes-all"),
        (EVEN, np.full(5, 49.0), RISING * 100, "flat-objective"),
        (EVEN, np.full(5, 49.0), np.full(5, 30.0), None),
        (EVEN * 2, RISING, None, "not-a-distribution"),
        (np.full(5, np.nan), RISING, None, "not-a-distribution"),
    ],
)
def test_the_watch_names_what_went_wrong(probabilities, total, exposure, alarm):
    assert watch(probabilities, total, np.ones(5, bool), exposure=exposure) == alarm
    assert alarm is None or alarm in ALARMS


def test_drawing_a_statement_the_person_has_seen_is_not_a_distribution():
    assert watch(RISING, RISING, np.arange(5) > 0) == "not-a-distribution"


@pytest.mark.parametrize("wrong", [{"uncertainty": -1.0}, {"floor": 1.5}, {"owed": 0}])
def test_an_objective_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"objective|floor|owed"):
        Objective(**wrong)


def test_lengths_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="statements"):
        route(even_tally([1, 2, 3]), [True])
