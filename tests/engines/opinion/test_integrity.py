"""Integrity: planted patterns are found, honest people are not, and exclusion is honoured and can be undone."""

import numpy as np
import pytest

from kurak.engines.opinion.comparison import with_and_without
from kurak.engines.opinion.integrity import REASONS, Limits, collapsed, inspect, without
from kurak.engines.opinion.likeness import candidates, signatures
from kurak.engines.opinion.polis import polis
from kurak.engines.opinion.tally import tally_all
from kurak.engines.opinion.votes import collect

PEOPLE, STATEMENTS = 300, 60


def honest(seed=1, shown=0.5):
    """(seen, value): two camps, each statement with a share of its own in each."""
    rng = np.random.default_rng(seed)
    camp = np.arange(PEOPLE) % 2
    chance = rng.uniform(0.15, 0.85, (2, STATEMENTS))[camp]
    return rng.random(chance.shape) < shown, np.where(rng.random(chance.shape) < chance, 1, -1)


def votes_of(seen, value, **more):
    row, column = np.nonzero(seen)
    return collect(row, column, value[row, column], participants=range(len(seen)), statements=range(STATEMENTS), **more)


def reasons(flags):
    return {(f.person, f.reason) for f in flags.flags}


@pytest.mark.parametrize("seed", range(5))
def test_honest_people_are_not_flagged(seed):
    votes = votes_of(*honest(seed))
    assert inspect(votes).flags == ()
    assert inspect(votes, group=np.arange(PEOPLE) % 2).flags == ()


def test_copies_are_found_together_with_their_original():
    seen, value = honest()
    seen[[7, 8, 9]], value[[7, 8, 9]] = seen[3], value[3]
    value[8, np.flatnonzero(seen[8])[0]] *= -1  # one answer is changed to hide
    flags = inspect(votes_of(seen, value))
    assert reasons(flags) == {(p, "alike") for p in (3, 7, 8, 9)}
    assert {f.with_ for f in flags.flags} == {(3, 7, 8, 9)}


def test_people_of_a_camp_of_one_mind_are_not_copies():
    seen = np.ones((PEOPLE, STATEMENTS), bool)
    value = np.where((np.arange(PEOPLE) % 2)[:, None] == np.arange(STATEMENTS) % 2, 1, -1)
    value = np.where(np.random.default_rng(2).random(value.shape) < 0.03, -value, value)
    assert inspect(votes_of(seen, value), group=np.arange(PEOPLE) % 2).flags == ()
    assert inspect(votes_of(seen, value)).flags != ()  # without the groups they would be


@pytest.mark.parametrize(("answer", "reason"), [(1, "all-agree"), (-1, "all-disagree")])
def test_one_answer_to_everything_is_flagged_with_its_chance(answer, reason):
    seen, value = honest()
    value[5] = answer
    (flag,) = inspect(votes_of(seen, value)).flags
    assert (flag.person, flag.reason, flag.votes) == (5, reason, seen[5].sum())
    assert 0 < flag.chance < 0.01


def test_agreeing_with_what_everybody_agrees_with_is_no_flag():
    seen, value = honest()
    value[:, :12] = 1
    seen[5] = np.arange(STATEMENTS) < 12
    assert inspect(votes_of(seen, value)).flags == ()


def test_few_votes_are_not_judged():
    seen, value = honest()
    seen[[5, 6]] = np.arange(STATEMENTS) < 9
    value[[5, 6]] = 1
    assert inspect(votes_of(seen, value)).flags == ()


def test_votes_faster_than_reading_are_flagged():
    seen, value = honest()
    person = np.nonzero(seen)[0]
    pace = np.where(person == 11, 0.3, 6.0)
    time = np.concatenate([np.cumsum(pace[person == p]) for p in range(PEOPLE)])
    order = np.random.default_rng(3).permutation(len(person))
    (flag,) = inspect(votes_of(seen, value), event_person=person[order], event_time=time[order]).flags
    assert (flag.person, flag.reason, flag.fast) == (11, "too-fast", 1.0)


def test_times_without_their_people_are_refused():
    with pytest.raises(ValueError, match="belong together"):
        inspect(votes_of(*honest()), event_time=[1.0])


def test_every_reason_has_words_and_flags_are_in_order():
    seen, value = honest()
    seen[[7, 8]], value[[7, 8]] = seen[3], 1
    flags = inspect(votes_of(seen, value)).flags
    assert [(f.person, f.reason) for f in flags] == sorted((f.person, f.reason) for f in flags)
    assert {f.reason for f in flags} <= set(REASONS)


def test_the_candidates_contain_every_pair_that_is_nearly_equal():
    seen, value = honest(shown=1.0)
    for p in range(0, 100, 2):
        value[p + 1] = value[p]
        value[p + 1, p % STATEMENTS] *= -1
    votes = votes_of(seen, value)
    everybody = np.arange(PEOPLE)
    assert {(p, p + 1) for p in range(0, 100, 2)} <= candidates(signatures(votes, everybody), everybody)


def test_exclusion_is_weight_zero_and_can_be_undone():
    votes = votes_of(*honest())
    out = without(votes, [0, 1, 2])
    assert tally_all(out).seen.sum() == tally_all(votes).seen.sum() - votes.start[3]
    assert np.array_equal(out.value, votes.value)
    assert votes.weight is None


def test_copies_weigh_one_together():
    seen, value = honest()
    seen[[7, 8, 9]], value[[7, 8, 9]] = seen[3], value[3]
    votes = votes_of(seen, value)
    weight = collapsed(votes, inspect(votes)).weight
    assert weight[[3, 7, 8, 9]].tolist() == [0.25] * 4
    assert weight.sum() == PEOPLE - 3


def by_polis(votes):
    picture = polis(votes)
    return picture.group, picture.k


def test_leaving_out_nobody_changes_nothing():
    votes = votes_of(*honest())
    comparison = with_and_without(votes, np.zeros(PEOPLE, bool), by_polis)
    assert (comparison.excluded, comparison.agreement, comparison.same) == (0, 1.0, True)
    assert np.all(comparison.share_moved == 0)


def test_what_only_a_brigade_made_popular_is_named():
    seen, value = honest()
    value[:, 20] = np.where(np.arange(PEOPLE) % 3 == 0, 1, -1)
    seen[:120], value[:120, 20] = True, 1
    comparison = with_and_without(votes_of(seen, value), range(120), lambda v: (np.zeros(v.people, np.int64), 1))
    assert (20, True) in comparison.unites[0]
    assert (20, False) in comparison.unites[1]
    assert comparison.share_moved[20] < -0.2
    assert not comparison.same


def test_limits_can_be_set():
    seen, value = honest()
    value[5] = 1
    assert inspect(votes_of(seen, value), limits=Limits(chance=1e-30)).flags == ()
