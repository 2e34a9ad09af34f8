"""Counts of people: what may be shown, and what subtraction must not find."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kurak.ground.errors import Refused
from kurak.ground.safety.counts import ALL, ROUNDED_TO, SMALLEST, guard, guard_table, lines_of, with_margins


def test_a_small_count_is_hidden():
    assert [str(guard(count)) for count in (0, 1, 4)] == ["–", "–", "–"]


def test_a_shown_count_is_rounded():
    assert [guard(count).shown for count in (5, 7, 8, 12, 13)] == [5, 5, 10, 10, 15]


def test_an_incident_needs_ten():
    assert guard(9, smallest=10).shown is None
    assert guard(10, smallest=10).shown == 10


def test_a_single_hidden_count_takes_another_with_it():
    table = guard_table({"KG": 41, "KZ": 3, "TJ": 18})
    assert [key for key in table if not table[key]] == ["KZ", "TJ"]


def test_without_totals_only_small_counts_are_hidden():
    table = guard_table({"KG": 41, "KZ": 3, "TJ": 18}, totals=False)
    assert [key for key in table if not table[key]] == ["KZ"]
    assert table.total.shown is None


def test_a_lone_small_count_hides_its_total():
    assert not guard_table({"KZ": 3}).total


def test_many_tiny_counts_that_sum_to_little_stay_uncertain():
    table = guard_table({"KG": 41, "KZ": 1, "TJ": 1, "UZ": 30})
    hidden = [key for key in table if not table[key]]
    assert sum({"KG": 41, "KZ": 1, "TJ": 1, "UZ": 30}[key] for key in hidden) >= SMALLEST


def test_margins_of_a_crossed_table_are_guarded_too():
    table = guard_table({("KG", "young"): 40, ("KG", "old"): 2, ("KZ", "young"): 20, ("KZ", "old"): 30})
    assert not table["KG", "old"]
    assert table["KG", ALL].shown == 40
    assert table.total.shown == 90


def test_four_crossed_questions_are_refused():
    with pytest.raises(Refused, match="three"):
        guard_table({("KG", "young", "f", "town"): 12})


def test_an_empty_table_shows_nothing():
    assert not guard_table({}).total


def attack(counts: dict, smallest: int = SMALLEST) -> dict:
    """The attacker: everything published, every rule of the guard, and a solver. Returns for each hidden cell the
    smallest and the largest count that what was published leaves possible."""
    table = guard_table(counts, smallest)
    whole = with_margins(counts)
    keys = list(whole)
    place = {key: position for position, key in enumerate(keys)}
    rows = np.zeros((len(lines_of(whole)), len(keys)))
    for row, (total, parts) in zip(rows, lines_of(whole), strict=True):
        row[[place[part] for part in parts]], row[place[total]] = 1, -1
    slack = ROUNDED_TO // 2
    shown = {key: (table[key] if key in table.cells or key in table.margins else guard(0)).shown for key in keys}
    bounds = [(0, None) if shown[k] is None else (max(smallest, shown[k] - slack), shown[k] + slack) for k in keys]
    found = {}
    for key in (key for key in keys if shown[key] is None):
        goal = np.zeros(len(keys))
        goal[place[key]] = 1
        ends = [linprog(sign * goal, A_eq=rows, b_eq=np.zeros(len(rows)), bounds=bounds) for sign in (1, -1)]
        low, high = (end.fun * sign if end.status == 0 else np.inf for end, sign in zip(ends, (1, -1), strict=True))
        found[key] = (low, high)
    return found


cells = st.integers(0, 60)
crossed = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=2, max_size=5)


@given(crossed)
@settings(max_examples=60, deadline=None)
def test_an_attacker_who_subtracts_finds_no_hidden_count(rows):
    counts = {(r, c): count for r, row in enumerate(rows) for c, count in enumerate(row)}
    for key, (low, high) in attack(counts).items():
        assert high - low >= SMALLEST - 1, f"{key} lies between {low} and {high}"


@given(st.lists(cells, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_an_attacker_cannot_tell_whether_a_hidden_count_is_small(row):
    for low, high in attack({(str(place),): count for place, count in enumerate(row)}).values():
        assert low < SMALLEST <= high


def test_the_attacker_wins_against_a_table_without_the_second_guard(monkeypatch):
    """The attack is a real one: with rounding and secondary hiding off, it finds the hidden count exactly."""
    from kurak.ground.safety import counts as module

    monkeypatch.setattr(module, "hide_what_subtraction_finds", lambda *_: None)
    monkeypatch.setattr(module, "rounded", lambda count: count)
    monkeypatch.setitem(globals(), "ROUNDED_TO", 1)
    low, high = attack({("KG",): 41, ("KZ",): 3, ("TJ",): 18})[("KZ",)]
    assert (round(low), round(high)) == (3, 3)
