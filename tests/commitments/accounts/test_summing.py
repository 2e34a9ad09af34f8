"""Sums within a kind, and the gap between two of them."""

import pytest

from kurak.commitments.accounts import actions, queries
from kurak.commitments.accounts.summing import gap, newest, summed
from tests.factories.accounts import a_promise, a_round, an_account
from tests.factories.commitments import an_agenda
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise():
    return a_promise()


def voices(promise, *values: str, **fields) -> list:
    return [an_account(promise, value, said_by=f"Voice {number}", **fields) for number, value in enumerate(values)]


def test_one_kind_is_summed_with_its_number_and_spread(promise):
    total = summed(voices(promise, "not-begun", "begun", "done"))
    assert (total.n, total.median, total.low, total.high) == (3, 0.25, 0, 1)
    assert total.mean == pytest.approx(1.25 / 3)


def test_what_gives_no_information_is_missing_and_never_zero(promise):
    total = summed(voices(promise, "done", "", ""))
    assert (total.n, total.silent, total.median) == (1, 2, 1)


def test_a_sum_of_nothing_but_silence_has_no_value(promise):
    total = summed(voices(promise, "D", grader="treaty-body", scale="hrc"))
    assert (total.n, total.silent, total.median, total.spread) == (0, 1, None, None)


def test_only_the_newest_account_of_a_voice_counts(promise):
    old = an_account(promise, "done", year=2024, said_by="Clear Water")
    new = an_account(promise, "begun", year=2025, said_by="Clear Water")
    assert newest([old, new]) == [new]


def test_what_was_said_years_ago_is_history(promise):
    old = an_account(promise, "done", year=2019, said_by="Old Water")
    new = an_account(promise, "begun", year=2025, said_by="Clear Water")
    assert newest([old, new]) == [new]


def test_ambition_is_not_summed_with_where_things_stand(promise):
    ambition = an_account(promise, "substantial", scale="ogp-ambition", said_by="A")
    assert summed([ambition]) is None


def test_the_gap_is_the_state_less_civil_society(promise):
    state = summed(voices(promise, "done", grader="state"))
    found = gap(state, summed(voices(promise, "begun", "half")))
    assert (found.value, found.flagged) == (0.625, True)


@pytest.mark.parametrize(("state", "flagged"), [("mostly", False), ("done", True)])
def test_from_half_the_ladder_on_a_gap_is_flagged(promise, state, flagged):
    found = gap(summed(voices(promise, state, grader="state")), summed(voices(promise, "half")))
    assert found.flagged is flagged


def test_a_tenth_that_adds_up_to_a_half_is_flagged_too(promise):
    state = summed(voices(promise, "80", grader="state", scale="percent"))
    assert gap(state, summed(voices(promise, "30", scale="percent"))).flagged


def test_the_gap_is_unsure_where_we_have_placed_the_steps(promise):
    state = summed(voices(promise, "green", grader="state", scale="traffic-light"))
    assert gap(state, summed(voices(promise, "half"))).firm is False


def test_different_periods_are_not_compared(promise):
    state = summed(voices(promise, "done", grader="state", year=2020))
    assert gap(state, summed(voices(promise, "begun", year=2025))).reason == "periods"


def test_where_a_side_says_nothing_there_is_no_gap(promise):
    silent = summed(voices(promise, "", grader="state"))
    assert gap(None, silent).reason == "no-state"
    assert gap(silent, summed(voices(promise, "half"))).reason == "no-ladder"


def test_the_widest_gap_comes_first_and_the_incomparable_last():
    narrow, wide, alone = a_promise("1"), a_promise("2"), a_promise("3")
    for thing, value in ((narrow, "half"), (wide, "done"), (alone, "done")):
        an_account(thing, value, grader="state", said_by="Ministry")
    for thing in (narrow, wide):
        an_account(thing, "begun", said_by="Clear Water")
    assert [row.thing.code for row in queries.gaps()] == ["2", "1", "3"]


def test_gaps_are_asked_for_by_agenda_and_by_place(world):
    here = a_promise(place=world.chuy)
    there = a_promise(agenda=an_agenda("other", place=world.kazakhstan))
    for thing in (here, there):
        an_account(thing)
    assert [row.thing for row in queries.gaps(place=world.kyrgyzstan)] == [here]
    assert [row.thing for row in queries.gaps(agenda=there.agenda)] == [there]


def test_a_replaced_account_is_not_summed_and_does_not_come_back():
    round_ = a_round()
    first = round_.approved(round_.says("done"))
    second = round_.approved(actions.write_next(account=first, by=round_.member))
    assert list(queries.published()) == [second]
    actions.withdraw(account=second, by=round_.member, reason="Wrong town.")
    assert not queries.published().exists()


@pytest.mark.parametrize("status", ["draft", "pending", "returned", "withdrawn"])
def test_nothing_is_published_without_approval(promise, status):
    an_account(promise, status=status)
    assert not queries.published().exists()
    assert queries.gaps() == []


def test_accounts_of_a_draft_agenda_are_not_shown():
    an_account(a_promise(agenda=an_agenda("draft", status="draft")))
    assert not queries.published().exists()


def test_fewer_than_five_residents_are_not_counted(promise):
    for _each in range(4):
        an_account(promise, "no", grader="residents", scale="seen-by-residents", written_by=a_person())
    found = queries.residents_of(promise)
    assert found.n.shown is None
    assert not [guarded for _code, guarded in found.steps if guarded]


def test_many_residents_are_counted_in_fives_and_shown_nowhere_else(promise):
    for number in range(17):
        an_account(promise, "no" if number < 11 else "yes", grader="residents", scale="seen-by-residents")
    found = queries.residents_of(promise)
    assert found.n.shown == 15
    assert dict(found.steps)["no"].shown == 10
    assert not queries.published().exists()


def test_waiting_accounts_are_seen_by_coordinators_of_the_place(world):
    round_ = a_round()
    pending = actions.submit(account=round_.says(), by=round_.member)
    assert list(queries.waiting_for(round_.coordinator)) == [pending]
    assert not queries.waiting_for(round_.analyst).exists()
    assert list(queries.mine(round_.member)) == [pending]
