"""Statistics, lists and priorities: against slow formulas, and the laws they obey."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kurak.engines.opinion.consensus import consensus, group_aware
from kurak.engines.opinion.priorities import META, extremity, priorities, uncertain
from kurak.engines.opinion.representative import representative
from kurak.engines.opinion.statistics import describe
from kurak.engines.opinion.tally import Tally

counts = arrays(np.int64, (3, 3, 8), elements=st.integers(0, 40))


def tally_of(cells):
    agree, disagree, passed = cells
    return Tally(agree, disagree, agree + disagree + passed)


def mirror(t):
    return Tally(t.disagree, t.agree, t.seen)


def two_proportions(a, x, b, y):
    a, b, x, y = a + 1, b + 1, x + 1, y + 1
    q = (a + b) / (x + y)
    return 0.0 if q == 1 else (a / x - b / y) / sqrt(q * (1 - q) * (1 / x + 1 / y))


@given(counts, st.integers(0, 2), st.integers(0, 7))
def test_statistics_of_a_cell_are_those_of_the_written_formulas(cells, g, j):
    t = tally_of(cells)
    s = describe(t).agree
    a, n = int(t.agree[g, j]), int(t.seen[g, j])
    b, y = int(t.agree[:, j].sum()) - a, int(t.seen[:, j].sum()) - n
    pa = (a + 1) / (n + 2)
    expected = pa, 2 * sqrt(n + 1) * ((a + 1) / (n + 1) - 0.5), pa / ((b + 1) / (y + 2)), two_proportions(a, n, b, y)
    assert (s.share[g, j], s.test[g, j], s.ratio[g, j], s.ratio_test[g, j]) == pytest.approx(expected)


@given(counts)
def test_in_the_mirror_the_two_stances_change_places(cells):
    straight, mirrored = describe(tally_of(cells)), describe(mirror(tally_of(cells)))
    for name in ("count", "share", "test", "ratio", "ratio_test"):
        assert np.array_equal(getattr(straight.agree, name), getattr(mirrored.disagree, name))


@given(counts, st.permutations(range(3)))
def test_lists_of_a_group_do_not_depend_on_its_number(cells, order):
    lists = representative(describe(tally_of(cells)))
    assert representative(describe(tally_of(cells[:, order]))) == tuple(lists[g] for g in order)


@given(counts, arrays(np.bool_, 8))
def test_statements_left_out_are_in_no_list(cells, left_out):
    t = tally_of(cells)
    entries = [e for group in representative(describe(t), left_out) for e in group]
    majority = consensus(t.total, left_out)
    listed = {e.statement for e in (*entries, *majority.agree, *majority.disagree)}
    assert not listed & set(np.flatnonzero(left_out).tolist())
    assert not set(uncertain(t.total, left_out).tolist()) & set(np.flatnonzero(left_out).tolist())


@given(counts)
def test_lists_are_short_name_nothing_twice_and_put_agreement_first(cells):
    for group in representative(describe(tally_of(cells))):
        assert 1 <= len(group) <= 5
        assert len({e.statement for e in group}) == len(group)
        assert [e.agrees for e in group] == sorted((e.agrees for e in group), reverse=True)


def test_a_group_without_any_statement_left_has_an_empty_list():
    t = tally_of(np.ones((3, 2, 1), np.int64))
    assert representative(describe(t), [True]) == ((), ())


@given(counts)
def test_in_the_mirror_the_consensus_lists_change_places(cells):
    straight, mirrored = consensus(tally_of(cells).total), consensus(mirror(tally_of(cells)).total)
    assert [m.statement for m in straight.agree] == [m.statement for m in mirrored.disagree]


@given(counts)
def test_group_aware_consensus_is_the_product_of_the_shares(cells):
    t = tally_of(cells)
    slow = [
        np.prod([(t.agree[g, j] + 1) / (t.seen[g, j] + 2) for g in range(len(t.seen))]) for j in range(t.seen.shape[1])
    ]
    assert group_aware(t) == pytest.approx(slow)


@given(counts, arrays(np.float64, 8, elements=st.floats(0, 20)))
def test_priorities_are_positive_and_a_meta_statement_has_its_own(cells, extremes):
    meta = np.arange(8) == 3
    found = priorities(tally_of(cells), extremes, meta)
    assert np.all(found > 0)
    assert found[3] == META


def test_the_more_a_statement_was_seen_the_lower_its_priority():
    t = Tally(np.array([[1, 10, 100]]), np.array([[1, 10, 100]]), np.array([[2, 20, 200]]))
    assert np.all(np.diff(priorities(t, np.ones(3))) < 0)


def test_a_statement_everybody_agrees_with_is_not_extreme():
    axes = np.array([[0.6, 0.8], [0.6, 0.8], [0.0, 0.0]])
    assert extremity(np.array([1.0, -1.0, 0.0]), axes) == pytest.approx([0.0, 2 * sqrt(3), 0.0])


def test_statements_people_pass_on_are_listed_most_passed_first():
    seen = np.array([[10, 100, 10, 0]])
    passed = np.array([[4, 40, 3, 0]])
    assert uncertain(Tally(seen - passed, seen * 0, seen)).tolist() == [1, 0]
