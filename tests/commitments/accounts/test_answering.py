"""Questions and replies: released by a second person, answered by authorities, never edited."""

import inspect

import pytest

from kurak.commitments.accounts import actions, answering
from kurak.commitments.accounts.models import Reply
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.safety.models import Act
from kurak.ground.trail.queries import stands_on
from tests.factories.accounts import a_promise, a_question, a_round, an_organisation_of, words
from tests.factories.people import a_membership, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return a_round()


def test_an_authority_answers_an_account(round_):
    account = round_.approved(round_.says())
    reply = answering.reply(to=account, by=round_.official, organisation=round_.ministry, text=words("We disagree."))
    assert [each.ground_kind for each in stands_on(reply)] == ["account"]


def test_who_answers_twice_with_the_same_words_has_answered_once(round_):
    what = {"to": round_.approved(round_.says()), "by": round_.official, "organisation": round_.ministry}
    assert answering.reply(**what, text=words()) == answering.reply(**what, text=words())


def test_the_organisation_may_answer_the_answer(round_):
    account = round_.approved(round_.says())
    assert answering.reply(to=account, by=round_.member, organisation=round_.civil, text=words("See page 3."))


def test_others_do_not_answer(round_):
    other = an_organisation_of("civil-society")
    with pytest.raises(Forbidden):
        answering.reply(to=round_.approved(round_.says()), by=a_membership(a_person(), other).person,
                        organisation=other, text=words())  # fmt: skip


def test_an_authority_of_another_country_does_not_answer(round_, world):
    foreign = an_organisation_of("authority", place=world.kazakhstan)
    with pytest.raises(Forbidden):
        answering.reply(to=round_.approved(round_.says()), by=a_membership(a_person(), foreign).person,
                        organisation=foreign, text=words())  # fmt: skip


def test_what_is_not_published_is_not_answered(round_):
    with pytest.raises(Refused) as refusal:
        answering.reply(to=round_.says(), by=round_.official, organisation=round_.ministry, text=words())
    assert refusal.value.code == "reply.closed"


def test_there_is_no_way_to_change_a_reply(round_):
    taking = {
        name for name, do in inspect.getmembers(answering, inspect.isfunction)
        if "reply" in {name, *inspect.signature(do).parameters}
    }  # fmt: skip
    assert taking == {"reply", "cover", "about"}


def test_words_that_put_somebody_at_risk_are_covered_for_everybody_to_see(client, round_):
    account = round_.approved(round_.says())
    said = answering.reply(to=account, by=round_.official, organisation=round_.ministry, text=words("Ask A. at 12-34."))
    answering.cover(reply=said, by=round_.coordinator, why="A telephone number.")
    for url in (
        round_.about.url,
        f"/accounts/{account.pk}/",
        "/accounts/findings.atom",
        f"/api/v1/accounts/{account.pk}",
    ):
        shown = client.get(url).content.decode()
        assert "12-34" not in shown, url
    assert "A telephone number." in client.get(round_.about.url).content.decode()
    assert Act.objects.filter(verb="reply.covered").count() == 1
    said.refresh_from_db()
    assert str(said.text) == "Ask A. at 12-34."


def test_covering_needs_a_reason_and_a_coordinator_without_a_seat(round_):
    account = round_.approved(round_.says())
    said = answering.reply(to=account, by=round_.official, organisation=round_.ministry, text=words())
    for person, why in ((round_.member, "It is wrong."), (round_.analyst, "It is wrong."), (round_.coordinator, " ")):
        with pytest.raises(Refused):
            answering.cover(reply=said, by=person, why=why)


def test_a_reply_outlives_the_account_it_answers(round_):
    account = round_.approved(round_.says())
    answering.reply(to=account, by=round_.official, organisation=round_.ministry, text=words())
    actions.withdraw(account=account, by=round_.member, reason="We were wrong.")
    assert Reply.objects.filter(account=account).count() == 1


def test_a_question_is_released_by_a_second_person(round_):
    question = answering.propose(about=round_.about, by=round_.member, text=words("Which towns?"))
    assert question.published_at is None
    assert answering.release(question=question, by=round_.coordinator).published_at is not None


def test_who_proposed_a_question_does_not_release_it(round_):
    question = answering.propose(about=round_.about, by=round_.coordinator, text=words("Which towns?"))
    with pytest.raises(Forbidden):
        answering.release(question=question, by=round_.coordinator)


def test_a_withdrawn_question_is_not_answered(round_):
    question = a_question(round_.about, asked_by=round_.member)
    answering.withdraw(question=question, by=round_.member, why="Answered elsewhere.")
    question.refresh_from_db()
    with pytest.raises(Refused):
        answering.reply(to=question, by=round_.official, organisation=round_.ministry, text=words())


def test_a_stranger_proposes_no_question():
    with pytest.raises(Forbidden):
        answering.propose(about=a_promise(), by=a_person(), text=words())
