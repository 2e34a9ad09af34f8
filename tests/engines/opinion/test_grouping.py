"""How many groups: those that were put in, none where there are none, small ones kept, single people never."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from kurak.engines.opinion import Settings, Votes, collect, draw

spec = importlib.util.spec_from_file_location("simulated", Path(__file__).with_name("simulated.py"))
simulated = importlib.util.module_from_spec(spec)
spec.loader.exec_module(simulated)


@pytest.mark.parametrize("k", [2, 3, 4, 6])
def test_groups_that_were_put_in_are_found(k):
    votes, group = simulated.camps([1 / k] * k, seed=k)
    picture = draw(votes)
    known = picture.group >= 0
    assert picture.k == k
    assert adjusted_rand_score(group[known], picture.group[known]) > 0.8


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("made", [simulated.cloud, simulated.indifferent])
def test_one_cloud_has_no_clear_groups(made, seed):
    picture = draw(made(seed=seed))
    assert (picture.k, set(picture.group.tolist()) <= {0, -1}) == (1, True)


@pytest.mark.parametrize("seed", [3, 4])
def test_a_minority_of_three_in_a_hundred_is_kept(seed):
    votes, group = simulated.camps([0.6, 0.37, 0.03], people=1600, seed=seed)
    picture = draw(votes)
    members = np.bincount(picture.group[(group == 2) & (picture.group >= 0)], minlength=picture.k)
    assert picture.k == 3
    assert members[2] > 0.7 * members.sum()


def test_one_person_against_everything_does_not_become_a_group():
    votes, _ = simulated.camps([0.5, 0.5], people=300, seed=1)
    lonely = np.where(np.arange(votes.width) % 2, 1, -1)
    joined = collect(
        np.append(votes.row, [300] * votes.width), np.append(votes.statement, np.arange(votes.width)),
        np.append(votes.value, lonely),
    )  # fmt: skip
    picture = draw(joined)
    assert picture.k == 2
    assert np.bincount(picture.group[picture.group >= 0]).min() > 50


def test_groups_are_numbered_by_size():
    votes, _ = simulated.camps([0.2, 0.5, 0.3], seed=5)
    size = np.bincount(draw(votes).group + 1)[1:]
    assert size.tolist() == sorted(size.tolist(), reverse=True)


def test_confidence_is_as_often_right_as_it_says():
    votes, group = simulated.camps([0.4, 0.35, 0.25], people=1500, each=24, apart=1.0, seed=7)
    picture = draw(votes, settings=Settings(votes=1))
    assert picture.k == 3
    name = {g: np.bincount(group[picture.group == g]).argmax() for g in range(3)}
    right = np.array([name[g] for g in picture.group.tolist()]) == group
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        some = (picture.confidence >= low) & (picture.confidence < high)
        assert abs(right[some].mean() - picture.confidence[some].mean()) < 0.1


def test_excluded_people_change_nothing_but_are_still_placed():
    votes, _ = simulated.camps([0.5, 0.5], people=400, seed=2)
    weight = np.where(np.arange(400) % 5 == 0, 0.0, 1.0)
    stay = np.flatnonzero(weight)
    kept = weight[votes.row] > 0
    without = draw(collect(votes.row[kept], votes.statement[kept], votes.value[kept]))
    whole = draw(Votes(votes.participants, votes.statements, votes.start, votes.statement, votes.value, weight))
    assert np.allclose(whole.position[stay], without.position)
    assert np.array_equal(whole.group[stay], without.group)
    assert np.all(whole.group[weight == 0][np.diff(votes.start)[weight == 0] >= 7] >= 0)


def test_fewer_groups_than_there_are_when_fewer_are_allowed():
    votes, _ = simulated.camps([0.25] * 4, seed=4)
    assert draw(votes, settings=Settings(groups=1)).k == 1
    assert draw(votes, settings=Settings(groups=2)).k <= 2
