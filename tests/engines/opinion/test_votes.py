"""Votes are collected from events: nothing depends on their order but which vote of a cell is the latest."""

import numpy as np
import pytest

from kurak.engines.opinion.votes import collect


def cells(votes):
    return dict(zip(zip(votes.row.tolist(), votes.statement.tolist(), strict=True), votes.value.tolist(), strict=True))


def test_the_later_row_counts_where_times_are_missing():
    votes = collect([1, 1, 1], [5, 6, 5], [1, 0, -1])
    assert cells(votes) == {(0, 0): -1, (0, 1): 0}


def test_the_latest_time_counts_and_of_equal_times_the_later_row():
    votes = collect([1, 1, 2, 2], [5, 5, 5, 5], [1, -1, 1, -1], time=[9, 3, 4, 4])
    assert cells(votes) == {(0, 0): 1, (1, 0): -1}


def test_shuffled_events_give_the_same_votes_as_a_plain_dictionary():
    rng = np.random.default_rng(5)
    who, what, how = rng.integers(100, 160, 3000), rng.integers(-7, 40, 3000), rng.integers(-1, 2, 3000)
    votes = collect(who, what, how)
    plain = {(int(p), int(s)): int(v) for p, s, v in zip(who, what, how, strict=True)}
    assert {(int(votes.participants[i]), int(votes.statements[j])): v for (i, j), v in cells(votes).items()} == plain
    order = np.lexsort((votes.statement, votes.row))
    assert np.array_equal(order, np.arange(len(order)))


def test_numbers_far_apart_and_words_are_ids_too():
    far = collect([10**12, 3, 10**12], [1, 1, 2], [1, 1, 0])
    words = collect(["z", "a", "z"], ["p", "p", "q"], [1, 1, 0])
    assert far.participants.tolist() == [3, 10**12]
    assert cells(far) == cells(words) == {(0, 0): 1, (1, 0): 1, (1, 1): 0}


def test_people_without_votes_and_unseen_statements_keep_their_places():
    votes = collect([2], [20], [1], participants=[3, 2, 1], statements=[10, 20])
    assert votes.participants.tolist() == [1, 2, 3]
    assert votes.start.tolist() == [0, 0, 1, 1]
    assert cells(votes) == {(1, 1): 1}


def test_nothing_is_a_conversation_without_votes():
    votes = collect([], [], [])
    assert (votes.people, votes.width, len(votes.value)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"participant": [1, 2], "statement": [1], "value": [1, 1]}, "equally long"),
        ({"participant": [1, 2], "statement": [1, 1], "value": [1, 2]}, "value .*2.* in row 1"),
        ({"participant": [1, 2], "statement": [1, 1], "value": [1, np.nan]}, "row 1"),
        ({"participant": [1, 2], "statement": [1, 1], "value": [1, 1], "participants": [1]}, "unknown participant .*2"),
        ({"participant": [1, 2], "statement": [1, 9], "value": [1, 1], "statements": [1, 8]}, "unknown statement .*9"),
        ({"participant": [1, 2], "statement": [1, 1], "value": [1, 1], "weight": [1]}, "2 participants"),
        ({"participant": [1, 2], "statement": [1, 1], "value": [1, 1], "weight": [1, -1]}, "0 or more"),
    ],
)
def test_bad_votes_are_refused_in_words(given, words):
    with pytest.raises(ValueError, match=words):
        collect(**given)
