"""Bridging: welcome across camps before welcome in the larger camp, and the laws of the fit."""

import numpy as np
import pytest
from scipy.optimize import minimize

from kurak.engines.opinion.bridging import PENALTY_FACTOR, PENALTY_INTERCEPT, bridging
from kurak.engines.opinion.votes import collect

PEOPLE, STATEMENTS = 90, 12


def cells(seed=4, shown=0.7):
    """A camp of 60 and one of 30; statements 0 and 1 please 85 % of both, 2..6 one camp, 7..11 the other."""
    rng = np.random.default_rng(seed)
    small = np.arange(PEOPLE) >= 60
    likes = np.where(
        small[:, None], np.arange(STATEMENTS) >= 7, (np.arange(STATEMENTS) >= 2) & (np.arange(STATEMENTS) < 7)
    )
    chance = np.where(np.arange(STATEMENTS) < 2, 0.85, np.where(likes, 0.95, 0.1))
    row, column = np.nonzero(rng.random(chance.shape) < shown)
    return row, column, np.where(rng.random(len(row)) < chance[row, column], 1, -1)


def test_what_both_camps_welcome_comes_before_what_the_larger_one_loves():
    row, column, value = cells()
    b = bridging(collect(row, column, value))
    liked = [value[column == j].mean() for j in range(STATEMENTS)]
    assert set(np.argsort(-b.score)[:2].tolist()) == {0, 1}
    assert max(liked[2:7]) > 0.2  # a plain mean would put these near the top
    assert b.score[2:].max() < b.score[:2].min() - 0.1


def test_the_camps_are_on_two_sides_of_the_divide():
    b = bridging(collect(*cells()))
    assert len(set(np.sign(b.factor[2:7]).tolist())) == len(set(np.sign(b.factor[7:]).tolist())) == 1
    assert b.factor[2] * b.factor[7] < 0
    assert np.mean(np.sign(b.person_factor[:60]) == np.sign(b.factor[2])) > 0.95


def test_the_fit_is_a_minimum_of_the_written_loss():
    row, column, value = cells()
    votes, rating = collect(row, column, value), (value + 1) / 2
    b = bridging(votes)

    def loss(x):
        mean, i_u, i_n, f_u, f_n = x[0], *np.split(x[1:], np.cumsum([PEOPLE, STATEMENTS, PEOPLE]))
        error = rating - (mean + i_u[row] + i_n[column] + f_u[row] * f_n[column])
        squares = mean**2 + np.mean(i_u**2) + np.mean(i_n**2)
        return np.mean(error**2) + PENALTY_INTERCEPT * squares + PENALTY_FACTOR * (np.mean(f_u**2) + np.mean(f_n**2))

    ours = np.concatenate([[b.mean], b.person_score, b.score, b.person_factor, b.factor])
    assert loss(ours) == pytest.approx(minimize(loss, ours, method="L-BFGS-B").fun, abs=1e-6)


def test_in_the_mirror_what_was_welcome_is_unwelcome_relative_to_the_mean():
    row, column, value = cells()
    straight, mirrored = bridging(collect(row, column, value)), bridging(collect(row, column, -value))
    assert np.array_equal(np.argsort(straight.score)[-2:][::-1], np.argsort(mirrored.score)[:2])


def test_the_order_of_people_changes_nothing():
    row, column, value = cells()
    order = np.random.default_rng(1).permutation(PEOPLE)
    assert bridging(collect(order[row], column, value)).score == pytest.approx(
        bridging(collect(row, column, value)).score, abs=1e-9
    )


def test_a_person_of_weight_zero_teaches_nothing():
    row, column, value = cells()
    weight = np.where(np.arange(PEOPLE) < 5, 0.0, 1.0)
    heard = bridging(collect(row, column, value, weight=weight)).score
    kept = row >= 5
    alone = bridging(collect(row[kept], column[kept], value[kept])).score
    assert np.corrcoef(heard, alone)[0, 1] > 0.999


def test_fewer_votes_make_a_score_easier_to_move():
    row, column, value = cells(shown=1.0)
    kept = (column != 0) | (row % 10 == 0)
    b = bridging(collect(row[kept], column[kept], value[kept]))
    assert np.all(b.low <= b.score)
    assert np.all(b.score <= b.high)
    assert b.high[0] - b.low[0] > 2 * (b.high[1] - b.low[1])


def test_a_statement_left_out_has_no_score_and_changes_none():
    row, column, value = cells()
    b = bridging(collect(row, column, value), left_out=np.arange(STATEMENTS) == 3)
    assert (b.score[3], b.low[3], b.high[3]) == (0.0, 0.0, 0.0)
    assert np.argsort(-b.score)[:2].tolist() == np.argsort(-bridging(collect(row, column, value)).score)[:2].tolist()


def test_predictions_are_votes_between_disagree_and_agree():
    row, column, value = cells()
    predicted = bridging(collect(row, column, value)).predicted()
    assert predicted.shape == (PEOPLE, STATEMENTS)
    assert np.mean((predicted[row, column] > 0.5) == (value > 0)) > 0.85


def test_no_votes_have_no_scores():
    assert bridging(collect([], [], [], statements=[1, 2], participants=[5])).score.tolist() == [0.0, 0.0]
