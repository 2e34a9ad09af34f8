"""Positions against a plain version of the same formulas, and sums that do not depend on chunks."""

import importlib.util
from functools import partial
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kurak.engines.opinion.normal import full, outer, solved
from kurak.engines.opinion.partials import chunks, fixed, merged
from kurak.engines.opinion.positions import Axes, evidence, evidence_of, fit, locate, located, moments, started

spec = importlib.util.spec_from_file_location("simulated", Path(__file__).with_name("simulated.py"))
simulated = importlib.util.module_from_spec(spec)
spec.loader.exec_module(simulated)

VOTES = simulated.cloud(people=60, statements=20, each=10, seed=1)
AXES = fit(VOTES, started(VOTES, 2), 3)


def test_everyone_stands_at_the_posterior_mean_of_a_linear_model():
    here = locate(AXES, VOTES)
    for person in (0, 17, 59):
        cells = slice(int(VOTES.start[person]), int(VOTES.start[person + 1]))
        seen, value = VOTES.statement[cells], VOTES.value[cells]
        design = np.column_stack([AXES.loading[seen], np.ones(len(seen))])
        precision = design.T @ design / AXES.noise + np.diag([1, 1, 1 / AXES.lean])
        mean = np.linalg.solve(precision, design.T @ (value - AXES.mean[seen]) / AXES.noise)
        assert np.allclose(here.position[person], mean[:2])
        assert np.allclose(here.error[person], np.linalg.inv(precision)[:2, :2])


def test_more_votes_make_a_position_surer():
    here = locate(AXES, VOTES)
    count = np.diff(VOTES.start)
    assert here.spread[count.argmax()] < here.spread[count.argmin()]


def test_one_person_alone_gives_the_same_evidence_as_among_many():
    part = next(chunks(VOTES))
    seen = located(AXES, evidence(AXES, part, passes=0.3))
    cells = slice(int(VOTES.start[5]), int(VOTES.start[6]))
    alone = located(AXES, evidence_of(AXES, VOTES.statement[cells], VOTES.value[cells], passes=0.3))
    assert np.allclose(alone.position[0], seen.position[5])
    assert np.allclose(alone.covariance[:, 0], seen.covariance[:, 5])


def test_chunks_of_any_size_merge_to_the_same_sums_to_the_last_bit():
    whole = merged(map(partial(moments, AXES), chunks(VOTES)))
    for size in (1, 7, 100):
        parts = merged(map(partial(moments, AXES), chunks(VOTES, size)))
        assert np.array_equal(parts.matrix, whole.matrix)
        assert np.array_equal(parts.right, whole.right)
        assert np.array_equal(parts.totals, whole.totals)


def test_after_some_passes_another_one_changes_little():
    first, second, late, later = (fit(VOTES, started(VOTES, 2), rounds) for rounds in (1, 2, 40, 41))
    assert np.abs(later.loading - late.loading).max() < 0.1 * np.abs(second.loading - first.loading).max()


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_small_systems_are_solved_as_by_linear_algebra(d, seed):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(3, d, d))
    matrix = root @ root.transpose(0, 2, 1) + np.eye(d)
    right = rng.normal(size=(3, d))
    packed = np.stack([matrix[:, a, b] for a in range(d) for b in range(a, d)])
    solution, inverse, logdet = solved(packed, right.T)
    assert np.allclose(solution.T, np.linalg.solve(matrix, right[:, :, None])[:, :, 0])
    assert np.allclose(full(inverse, d), np.linalg.inv(matrix))
    assert np.allclose(logdet, np.linalg.slogdet(matrix)[1])


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=50), st.randoms())
def test_fixed_numbers_sum_to_the_same_in_any_order(numbers, random):
    values = fixed(np.array(numbers)).tolist()
    shuffled = random.sample(values, len(values))
    assert sum(values) == sum(shuffled)


def test_outer_products_are_packed_row_by_row():
    assert outer(np.array([[2.0, 3.0]])).tolist() == [[4.0, 6.0, 9.0]]


def test_axes_seen_from_another_side_place_people_alike():
    turn = np.array([[0.0, 1.0], [-1.0, 0.0]])
    turned = locate(Axes(AXES.mean, AXES.loading @ turn, AXES.noise, AXES.lean), VOTES)
    assert np.allclose(turned.position, locate(AXES, VOTES).position @ turn)
