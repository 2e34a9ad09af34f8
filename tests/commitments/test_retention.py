"""What the room forgets, and what stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kurak.commitments import retention
from kurak.commitments.accounts import actions, answering, evidencing
from kurak.commitments.accounts.models import Account
from kurak.commitments.budgets.actions import send
from kurak.commitments.budgets.models import BudgetFile, ResidentAnswer
from kurak.commitments.calendar.models import Told
from tests.factories.accounts import a_question, a_round, an_account, words
from tests.factories.budgets import a_line, a_table, about
from tests.factories.budgets import answered as answered_on

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)


@pytest.fixture
def round_():
    return a_round()


def test_a_draft_that_was_given_up_goes_and_an_approved_account_stays(round_):
    kept, _draft = round_.approved(round_.state()), round_.says()
    assert retention.end_drafts(LATER) == 1
    assert Account.objects.get() == kept


def test_a_young_draft_stays(round_):
    round_.says()
    assert retention.end_drafts(timezone.now() - timedelta(days=365)) == 0


def test_what_was_taken_back_is_emptied_and_answers_to_it_stay(round_):
    account = round_.says(text=words())
    evidencing.add_link(account=account, by=round_.member, url="https://example.org")
    account = round_.approved(account)
    answering.reply(to=account, by=round_.official, organisation=round_.ministry, text=words("No."))
    actions.withdraw(account=account, by=round_.member, reason="It names a witness.")
    assert retention.end_withdrawn(LATER) == 1
    account.refresh_from_db()
    assert (account.text, account.value, account.remark, account.written_by) == (None, "", "", None)
    assert account.evidence.count() == 0
    assert account.replies.count() == 1
    assert retention.end_withdrawn(LATER) == 0


def test_who_a_resident_was_is_forgotten_and_the_answer_stays(round_):
    for year in (2020, timezone.now().year):
        an_account(round_.about, "no", grader="residents", scale="seen-by-residents", year=year,
                   written_by=round_.member)  # fmt: skip
    assert retention.end_names_of_residents(LATER) == 1
    assert Account.objects.filter(grader="residents").count() == 2
    assert retention.end_names_of_residents(timezone.now() - timedelta(days=365)) == 0


def test_of_what_somebody_was_told_is_forgotten_after_the_day(round_):
    today = timezone.now().date()
    for ahead in (-40, 40):
        Told.objects.create(person=round_.member, key="due:1", day=today + timedelta(days=ahead), days=30)
    assert retention.end_told(timezone.now() - timedelta(days=30)) == 1


def test_a_withdrawn_question_goes_unless_it_was_answered(round_):
    alone, answered = a_question(round_.about), a_question(round_.about, "Who pays?")
    answering.reply(to=answered, by=round_.official, organisation=round_.ministry, text=words())
    for each in (alone, answered):
        answering.withdraw(question=each, by=round_.coordinator, why="Old.")
    assert retention.end_questions(LATER) == 1


def test_who_answered_on_a_line_is_forgotten_after_the_year_and_the_answer_stays():
    for year in (2020, timezone.now().year):
        answered_on(a_line(year=year), 1)
    assert retention.end_names_on_lines(LATER) == 1
    assert (ResidentAnswer.objects.count(), ResidentAnswer.objects.filter(person=None).count()) == (2, 1)
    assert retention.end_names_on_lines(timezone.now() - timedelta(days=365)) == 0


def test_a_file_of_a_budget_that_nobody_took_in_goes_after_a_while(round_):
    send(data=a_table(), name="b.csv", about=about(), by=round_.analyst)
    assert retention.end_files_of_budgets(timezone.now() - timedelta(days=30)) == 0
    assert retention.end_files_of_budgets(LATER) == 1
    assert not BudgetFile.objects.exists()
