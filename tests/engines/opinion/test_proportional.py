"""The proportional set: everyone as large as a seat is heard, whatever the numbering; checked by brute force."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kurak.engines.opinion.bridging import bridging
from kurak.engines.opinion.proportional import approvals, proportional, witness
from kurak.engines.opinion.votes import collect

ballots = arrays(np.bool_, st.tuples(st.integers(1, 9), st.integers(1, 6)))
seats = st.integers(1, 4)


def slow_equal_shares(table, k):
    """The written rule with fractions, every statement looked at in every round."""
    people, width = table.shape
    price, budget, chosen = Fraction(people, k), [Fraction(1)] * people, []
    while len(chosen) < k:
        offers = []
        for j in set(range(width)) - set(chosen):
            supporters = [i for i in range(people) if table[i, j]]
            if sum(budget[i] for i in supporters) >= price:
                rates = sorted({budget[i] for i in supporters} | {price / n for n in range(1, len(supporters) + 1)})
                offers.append((least_rate([budget[i] for i in supporters], price, rates), j))
        if not offers:
            return chosen
        rate, j = min(offers)
        chosen.append(j)
        budget = [b - min(b, rate) if table[i, j] else b for i, b in enumerate(budget)]
    return chosen


def least_rate(budgets, price, _):
    """Pay evenly; whoever cannot gives all, and the others share the rest."""
    poor, rest = Fraction(0), sorted(budgets)
    while rest and rest[0] < (price - poor) / len(rest):
        poor += rest.pop(0)
    return (price - poor) / len(rest)


@given(ballots, seats)
def test_what_equal_shares_pays_for_is_what_the_slow_rule_pays_for(table, k):
    found = proportional(table, k)
    assert list(found.statements[: found.paid_for]) == slow_equal_shares(table, k)


@given(ballots, seats)
def test_justified_representation_is_that_of_its_definition(table, k):
    found = proportional(table, k)
    people = len(table)
    forgotten = [i for i in range(people) if not any(table[i, j] for j in found.statements)]
    violated = any(sum(table[i, j] for i in forgotten) * k >= people for j in range(table.shape[1]))
    assert found.justified == (not violated)


@given(ballots, seats)
def test_every_part_as_large_as_a_seat_with_a_common_statement_is_represented(table, k):
    assert proportional(table, min(k, table.shape[1])).justified


@given(ballots, seats)
def test_nothing_is_chosen_twice_and_as_many_as_there_are(table, k):
    chosen = proportional(table, k).statements
    assert len(set(chosen)) == len(chosen) == min(k, table.shape[1])


@given(ballots, seats)
def test_counting_everybody_twice_changes_nothing(table, k):
    doubled = proportional(np.concatenate([table, table]), k)
    weighted = proportional(table, k, weight=np.full(len(table), 2.0))
    assert doubled.statements == weighted.statements == proportional(table, k).statements


def test_the_most_approved_statements_would_have_forgotten_the_minority():
    table = np.repeat([[1, 1, 1, 0], [0, 0, 0, 1]], [20, 10], axis=0)
    assert 3 in proportional(table, 3).statements
    assert set(np.argsort(-table.sum(axis=0), kind="stable")[:3].tolist()) == {0, 1, 2}


def test_the_set_of_the_most_approved_has_a_witness_against_it():
    table = np.repeat([[1, 1, 1, 0], [0, 0, 0, 1]], [20, 10], axis=0)
    assert witness(table, ~table[:, :3].any(axis=1), 3) == 3
    assert witness(table, ~table[:, [0, 3]].any(axis=1), 3) is None


def test_statements_left_out_are_not_chosen_and_their_friends_are_counted_as_unheard():
    found = proportional(np.eye(4, dtype=bool).repeat(5, axis=0), 4, left_out=np.arange(4) == 0)
    assert sorted(found.statements) == [1, 2, 3]
    assert found.represented == pytest.approx(0.75)
    assert found.approving.tolist() == [0.25] * 3


def test_people_of_weight_zero_have_no_say():
    table = np.repeat([[1, 0], [0, 1]], [5, 50], axis=0)
    assert proportional(table, 1, weight=np.repeat([1.0, 0.0], [5, 50])).statements == (0,)


def test_own_votes_come_before_predictions_and_a_pass_is_no_approval():
    people, statements = np.repeat(np.arange(20), 3), np.tile(np.arange(3), 20)
    value = np.ones(60, int)
    value[[0, 4]] = -1, 0
    kept = np.arange(60) != 8  # person 2 has not seen statement 2
    votes = collect(people[kept], statements[kept], value[kept])
    table = approvals(votes, bridging(votes))
    assert (table[0, 0], table[1, 1], table[2, 2]) == (False, False, True)


def test_no_seat_is_refused():
    with pytest.raises(ValueError, match="k is 0"):
        proportional(np.ones((2, 2)), 0)
