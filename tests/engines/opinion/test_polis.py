"""The Polis method: against slow formulas with filled cells, and what a warm start keeps."""

import numpy as np
import pytest

from kurak.engines.opinion.polis import polis
from kurak.engines.opinion.polis.clusters import k_means, silhouette
from kurak.engines.opinion.votes import collect


def two_camps(people=60, statements=12, shown=0.6, seed=1):
    """Two camps, answers with mistakes, some cells unseen."""
    rng = np.random.default_rng(seed)
    side = np.where(np.arange(people) % 3 == 0, 1, -1)[:, None] * np.where(np.arange(statements) % 2 == 0, 1, -1)
    value = np.where(rng.random(side.shape) < 0.05, -side, side)
    return *np.nonzero(rng.random(side.shape) < shown), value


def votes_of_camps(**kind):
    row, column, value = two_camps(**kind)
    return collect(row, column, value[row, column])


def slow_positions(votes, left_out):
    """The filled, dense way of the written formulas."""
    r = np.full((votes.people, votes.width), np.nan)
    r[votes.row, votes.statement] = votes.value
    r[:, left_out] = 0.0
    mean = np.nanmean(r, axis=0)
    axes = np.linalg.svd(np.where(np.isnan(r), mean, r) - mean)[2][:2].T
    cells = (~np.isnan(r)).sum(axis=1)
    return np.sqrt(votes.width / np.maximum(cells, 1))[:, None] * (np.nan_to_num(r - mean) @ axes)


@pytest.mark.parametrize("left_out", [[], [3], [0, 7]])
def test_positions_are_those_of_the_filled_matrix(left_out):
    votes = votes_of_camps()
    hidden = np.isin(np.arange(votes.width), left_out)
    ours, slow = polis(votes, left_out=hidden).position, slow_positions(votes, hidden)
    slow *= np.sign((ours * slow).sum(axis=0))
    assert ours == pytest.approx(slow, abs=1e-4)


def test_two_camps_become_two_groups():
    picture = polis(votes_of_camps(statements=30, shown=0.9))
    assert picture.k == 2
    assert len(set(picture.group[::3].tolist())) == 1
    assert np.all(picture.group[1::3] != picture.group[0])


def test_people_with_few_votes_are_in_no_group_unless_they_were_before():
    votes = votes_of_camps()
    few = np.diff(votes.start) < 7
    first = polis(votes)
    assert few.any()
    assert np.all((first.group == -1) == few)
    row, column, value = two_camps()
    more = collect(row, column, value[row, column], participants=range(61))
    hushed = collect(row[row != 1], column[row != 1], value[row, column][row != 1], participants=range(61))
    late = np.isin(np.arange(len(row)), np.flatnonzero(row == 1)[:2])
    less = collect(row[(row != 1) | late], column[(row != 1) | late], value[row, column][(row != 1) | late])
    assert polis(less).group[1] == -1
    assert polis(less, previous=polis(more)).group[1] >= 0
    assert polis(hushed, previous=polis(more)).group[1] == -1


def test_in_a_small_room_the_most_active_are_clustered():
    row, column = np.nonzero(np.tri(14, 20, dtype=bool))
    picture = polis(collect(row, column, np.where((row + column) % 2, 1, -1)))
    assert np.all(picture.group >= 0)


def test_a_new_k_is_shown_only_after_it_was_best_four_times():
    votes = votes_of_camps(statements=30, shown=0.9)
    start = polis(votes)
    assert start.k == 2
    held = polis(votes, previous=with_k(start, 3))
    seen = [held.k]
    for _ in range(3):
        held = polis(votes, previous=held)
        seen.append(held.k)
    assert seen == [3, 3, 3, 2]


def with_k(picture, k):
    """The same picture as if k had been shown and best until now."""
    fields = {name: getattr(picture, name) for name in type(picture).__slots__}
    return type(picture)(**fields | {"k": k, "last_k": k, "last_k_count": 1})


def test_silhouette_of_two_pairs_is_that_of_the_definition():
    points = np.array([[0.0, 0.0], [0.0, 1.0], [5.0, 0.0], [5.0, 1.0]])
    far = (5 + np.sqrt(26)) / 2
    assert silhouette(points, np.array([0, 0, 1, 1])) == pytest.approx((far - 1) / far)


def test_a_member_alone_in_its_cluster_counts_nothing():
    points = np.array([[0.0, 0.0], [0.0, 1.0], [9.0, 0.0]])
    both = [1 - 1 / np.hypot(9, 0), 1 - 1 / np.hypot(9, 1)]
    assert silhouette(points, np.array([0, 0, 4])) == pytest.approx(sum(both) / 3)


def test_a_warm_start_adds_the_farthest_point_under_a_new_number():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [30.0, 0.0]])
    found = k_means(points, np.ones(3), 2, 20, before=np.array([4, 4, -1]))
    assert found.number.tolist() == [4, 4, 5]


def test_of_clusters_with_one_centre_the_larger_lives_on():
    points = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    assert k_means(points, np.ones(3), 2, 20, before=np.array([3, 8, 8])).ids.tolist() == [8]


def test_people_of_weight_zero_are_not_in_the_picture():
    row, column, value = two_camps()
    weight = np.where(np.arange(60) == 5, 0.0, 1.0)
    weighted = polis(collect(row, column, value[row, column], weight=weight))
    without = polis(collect(row[row != 5], column[row != 5], value[row, column][row != 5]))
    assert weighted.group[5] == -1
    assert np.array_equal(np.delete(weighted.group, 5), without.group)


def test_nobody_and_no_statement_is_a_picture_too():
    assert polis(collect([], [], [])).group.tolist() == []


def test_an_order_that_forgets_people_is_refused():
    with pytest.raises(ValueError, match="order"):
        polis(votes_of_camps(), order=[0, 1])
