"""Findings and maximin: what is said is true more often than promised, in both directions, whatever the order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kurak.engines.opinion.findings import REASONS, findings
from kurak.engines.opinion.maximin import maximin
from kurak.engines.opinion.tally import Tally

counts = arrays(np.int64, (3, 3, 8), elements=st.integers(0, 40))


def tally_of(cells):
    agree, disagree, passed = cells
    return Tally(agree, disagree, agree + disagree + passed)


def mirror(t):
    return Tally(t.disagree, t.agree, t.seen)


def drawn(share, seen, seed):
    """A tally of people who agree with these probabilities, (g, m), and otherwise reject."""
    agree = np.random.default_rng(seed).binomial(seen, share)
    return Tally(agree, seen - agree, np.full(agree.shape, seen))


def said(entries):
    return [f.statement for f in entries if f.said]


def test_a_statement_that_all_groups_welcome_unites_and_one_that_a_group_rejects_divides():
    f = findings(drawn(np.array([[0.9, 0.9, 0.1], [0.85, 0.1, 0.1]]), 60, seed=1))
    assert sorted(said(f.unites)) == [0, 2]
    assert [x.agrees for x in sorted(f.unites, key=lambda x: x.statement)][::2] == [True, False]
    assert said(f.divides) == [1]
    assert (f.divides[0].group, f.divides[0].against) == (0, 1)


def test_passes_do_not_hide_a_division_among_those_who_take_a_side():
    t = Tally(np.array([[40], [3]]), np.array([[2], [45]]), np.array([[100], [100]]))
    assert said(findings(t).divides) == [0]
    assert said(findings(t).unites) == []


def test_of_what_is_said_about_undecided_groups_little_is_due_to_chance():
    wrong = [findings(drawn(np.full((2, 200), 0.5), 40, seed)) for seed in range(40)]
    false_lists = [bool(said(f.unites) or said(f.divides) or any(map(said, f.characterises))) for f in wrong]
    assert np.mean(false_lists) <= 0.15  # three lists, each wrong in at most 5 % of conversations


def test_without_correction_some_of_it_would_have_been_said():
    f = findings(drawn(np.full((2, 200), 0.5), 40, seed=3))
    assert sum(x.p <= 0.05 for group in f.characterises for x in group) > 0


def test_real_differences_among_many_equal_statements_are_found():
    share = np.full((2, 200), 0.5)
    share[:, :20] = [[0.9], [0.1]]
    assert set(range(20)) <= set(said(findings(drawn(share, 60, seed=2)).characterises[0]))


def test_few_votes_are_named_as_the_reason():
    t = Tally(np.array([[30], [4]]), np.array([[0], [0]]), np.array([[30], [4]]))
    f = findings(t, minimum=5)
    assert {f.unites[0].reason, f.divides[0].reason, f.characterises[1][0].reason} == {"few-votes"}
    assert np.isnan(f.unites[0].adjusted)


def test_one_group_is_united_or_not_but_nothing_divides_it():
    f = findings(Tally(np.array([[30]]), np.array([[2]]), np.array([[32]])))
    assert f.unites[0].said
    assert (f.divides[0].reason, f.characterises[0][0].reason) == ("one-group", "one-group")


@given(counts)
def test_every_statement_has_its_answer_and_every_answer_its_reason(cells):
    f = findings(tally_of(cells))
    for entries in (f.unites, f.divides, *f.characterises):
        assert sorted(x.statement for x in entries) == list(range(8))
        assert {x.reason for x in entries} <= set(REASONS)
        assert [x.said for x in entries] == sorted((x.said for x in entries), reverse=True)
        assert all(x.low <= x.size <= x.high for x in entries)


@given(counts)
def test_in_the_mirror_what_unites_is_the_same_with_the_direction_turned(cells):
    straight, mirrored = findings(tally_of(cells)).unites, findings(mirror(tally_of(cells))).unites
    assert {x.statement: (x.said, x.low) for x in straight} == {x.statement: (x.said, x.low) for x in mirrored}


@given(counts, st.permutations(range(3)))
def test_renumbering_the_groups_renumbers_what_characterises_them(cells, order):
    straight, renumbered = findings(tally_of(cells)), findings(tally_of(cells[:, order]))
    for new, old in enumerate(order):
        expected = [replace(f, group=new) for f in straight.characterises[old]]
        assert [repr(f) for f in renumbered.characterises[new]] == [repr(f) for f in expected]


@given(counts, arrays(np.bool_, 8))
def test_statements_left_out_are_in_no_list_and_count_as_no_test(cells, left_out):
    t = tally_of(cells)
    kept = np.flatnonzero(~left_out)
    alone = findings(Tally(t.agree[:, kept], t.disagree[:, kept], t.seen[:, kept]))
    ours = findings(t, left_out)
    assert [f.statement for f in ours.unites] == [kept[f.statement] for f in alone.unites]
    assert [repr(f.adjusted) for f in ours.divides] == [repr(f.adjusted) for f in alone.divides]


def test_a_level_of_one_is_refused():
    with pytest.raises(ValueError, match="level"):
        findings(tally_of(np.ones((3, 2, 2), np.int64)), level=1.0)


@given(counts)
def test_maximin_is_the_smallest_lower_bound(cells):
    m = maximin(tally_of(cells))
    for j in range(8):
        assert m.score[j] == min(m.low[:, j]) == m.low[m.worst[j], j]
        assert m.geometric[j] == pytest.approx(np.prod(m.share[:, j]) ** (1 / 3))


@given(counts)
def test_more_groups_of_the_same_mind_do_not_lower_maximin_or_the_geometric_mean(cells):
    once, twice = maximin(tally_of(cells)), maximin(tally_of(np.concatenate([cells, cells], axis=1)))
    assert once.score == pytest.approx(twice.score)
    assert once.geometric == pytest.approx(twice.geometric)


def test_a_unanimous_group_of_three_is_not_enough():
    assert maximin(Tally(np.array([[3, 5]]), np.array([[0, 0]]), np.array([[3, 5]]))).enough.tolist() == [False, True]


def test_no_group_is_refused():
    with pytest.raises(ValueError, match="no groups"):
        maximin(tally_of(np.ones((3, 0, 2), np.int64)))
