"""Tallies: against a slow and obvious count, and the laws they obey."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurak.engines.opinion.tally import tally, tally_all
from kurak.engines.opinion.votes import collect

COUNTING = import_module("kurak.engines.opinion.tally")  # the package gives this name to the function

PEOPLE, STATEMENTS, GROUPS = 6, 4, 3

event = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, STATEMENTS - 1), st.integers(-1, 1))
events = st.lists(event, max_size=60)
groupings = st.lists(st.integers(-1, GROUPS - 1), min_size=PEOPLE, max_size=PEOPLE)


def collected(events, weight=None):
    person, statement, value = (np.array([e[i] for e in events], np.int64) for i in range(3))
    return collect(person, statement, value, weight=weight, participants=range(PEOPLE), statements=range(STATEMENTS))


def slow(events, group):
    """agree, disagree, seen by looking at one vote at a time."""
    latest = {(p, s): v for p, s, v in events}
    cells = np.zeros((3, GROUPS, STATEMENTS), np.int64)
    for (p, s), v in latest.items():
        if group[p] >= 0:
            cells[:, group[p], s] += [v == 1, v == -1, 1]
    return cells


def arrays(t):
    return np.stack([t.agree, t.disagree, t.seen])


@given(events, groupings)
def test_counts_are_those_of_the_slow_version(events, group):
    assert np.array_equal(arrays(tally(collected(events), group, GROUPS)), slow(events, group))


@given(events, groupings)
def test_agree_and_disagree_change_places_in_the_mirror(events, group):
    straight = tally(collected(events), group, GROUPS)
    mirrored = tally(collected([(p, s, -v) for p, s, v in events]), group, GROUPS)
    assert np.array_equal(arrays(mirrored), arrays(straight)[[1, 0, 2]])


@given(events, groupings, st.integers(0, PEOPLE))
def test_tallies_of_two_halves_of_the_people_merge_to_the_whole(events, group, cut):
    halves = [[e for e in events if e[0] < cut], [e for e in events if e[0] >= cut]]
    merged = tally(collected(halves[0]), group, GROUPS) + tally(collected(halves[1]), group, GROUPS)
    assert np.array_equal(arrays(merged), arrays(tally(collected(events), group, GROUPS)))


@given(events, groupings, st.permutations(range(PEOPLE)))
def test_renaming_people_changes_nothing(events, group, names):
    renamed = [(names[p], s, v) for p, s, v in events]
    regrouped = [group[names.index(p)] for p in range(PEOPLE)]
    assert np.array_equal(
        arrays(tally(collected(renamed), regrouped, GROUPS)), arrays(tally(collected(events), group, GROUPS))
    )


@given(events, groupings, st.integers(0, PEOPLE - 1))
def test_weight_zero_is_the_same_as_not_being_there(events, group, person):
    weight = np.where(np.arange(PEOPLE) == person, 0.0, 1.0)
    without = [e for e in events if e[0] != person]
    assert np.array_equal(
        arrays(tally(collected(events, weight), group, GROUPS)), arrays(tally(collected(without), group, GROUPS))
    )


@given(events, groupings)
def test_weight_two_counts_everybody_twice(events, group):
    twice = tally(collected(events, np.full(PEOPLE, 2.0)), group, GROUPS)
    assert np.array_equal(arrays(twice), 2 * slow(events, group))


@given(events)
def test_groups_with_their_rest_are_everybody(events):
    t = tally(collected(events), [0, 1, 2, 0, 1, 2], GROUPS)
    everybody = arrays(tally_all(collected(events)))
    assert np.array_equal(arrays(t) + arrays(t.rest), np.broadcast_to(everybody, arrays(t).shape))


@given(events, groupings)
def test_small_chunks_count_the_same(events, group):
    whole = arrays(tally(collected(events), group, GROUPS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(COUNTING, "CHUNK", 3)
        assert np.array_equal(arrays(tally(collected(events), group, GROUPS)), whole)


@pytest.mark.parametrize("group", [[0, 0], [0, 0, 0, 0, 0, 3], [-2, 0, 0, 0, 0, 0]])
def test_a_grouping_that_does_not_fit_is_refused(group):
    with pytest.raises(ValueError, match="group"):
        tally(collected([(0, 0, 1)]), group, GROUPS)
