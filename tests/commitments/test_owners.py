"""What is kept under somebody's name is theirs to read, and their name goes with the account."""

import pytest

from kurak.commitments.accounts import answering
from kurak.commitments.accounts.models import Account, Reply
from kurak.commitments.calendar import actions
from kurak.commitments.calendar.models import Reminder
from kurak.ground.people.actions import close_account
from kurak.ground.people.queries import everything_about
from tests.factories.accounts import a_round, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return a_round()


def test_the_owner_finds_accounts_answers_and_reminders(round_):
    account = round_.approved(round_.says(text=words()))
    answering.reply(to=account, by=round_.member, organisation=round_.civil, text=words("See page 3."))
    actions.remind(person=round_.member, days=9)
    kept = everything_about(round_.member)
    assert kept["accounts of commitments"][0]["text"] == "Half of the towns publish it."
    assert kept["questions and answers"][0]["answer"] == "See page 3."
    assert kept["reminders"][0]["days"] == 9
    assert everything_about(round_.official)["accounts of commitments"] == []


def test_a_closed_account_leaves_what_was_said_without_its_name(round_):
    account = round_.approved(round_.says())
    answering.reply(to=account, by=round_.member, organisation=round_.civil, text=words())
    actions.remind(person=round_.member, days=9)
    close_account(person=round_.member)
    assert Account.objects.get().written_by is None
    assert Reply.objects.get().said_by is None
    assert not Reminder.objects.exists()
