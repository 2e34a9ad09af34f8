"""The way of an account: who may take which step, and what comes of it."""

import pytest

from kurak.commitments.accounts import actions, answering, evidencing
from kurak.commitments.accounts.models import Account
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.safety.models import Act
from kurak.ground.trail.queries import stands_on
from tests.factories.accounts import a_promise, a_question, a_round, an_article, an_organisation_of, said, words
from tests.factories.measures import a_measure
from tests.factories.people import a_member_of_staff, a_membership, a_person

pytestmark = pytest.mark.django_db
Status = Account.Status


@pytest.fixture
def round_():
    return a_round()


def refused(code: str, do, **what) -> None:
    with pytest.raises(Refused) as refusal:
        do(**what)
    assert refusal.value.code == code


def test_a_value_stands_on_the_common_ladder(round_):
    assert round_.says("mostly").ladder == 0.75


def test_no_information_is_missing_and_not_zero(round_):
    account = round_.says("", text=words("Nobody could tell us."))
    assert (account.value, account.ladder) == ("", None)


def test_a_second_click_writes_nothing_new(round_):
    assert round_.says("half") == round_.says("begun")
    assert Account.objects.get().value == "begun"


def test_a_stranger_gives_no_account(round_):
    with pytest.raises(Forbidden):
        actions.write(by=a_person(), about=round_.about, grader="civil-society", said=said(), organisation=round_.civil)


def test_civil_society_cannot_speak_as_the_state(round_):
    with pytest.raises(Forbidden):
        actions.write(by=round_.member, about=round_.about, grader="state", said=said(), organisation=round_.civil)


def test_an_authority_speaks_for_its_own_place_only(world):
    there = a_round(a_promise(place=world.kazakhstan))
    with pytest.raises(Forbidden):
        there.state()


def test_an_authority_of_a_country_speaks_for_what_lies_inside(world):
    assert a_round(a_promise(place=world.chuy)).state().first_hand


@pytest.mark.parametrize(
    ("value", "scale", "code"),
    [("great", "five-step", "account.value"), ("150", "percent", "account.value"), ("A", "hrc", "account.scale"),
     ("done", "nowhere", "account.scale")],
)  # fmt: skip
def test_a_value_must_be_of_a_scale_that_the_grader_may_use(round_, value, scale, code):
    refused(code, round_.says, value=value, scale=scale)


def test_an_account_must_say_something(round_):
    refused("account.empty", actions.submit, account=round_.says(""), by=round_.member)


def test_what_others_say_is_entered_from_a_published_document_only(round_):
    claim = actions.write(by=round_.analyst, about=round_.about, grader="state", said=said(said_by="Ministry"))
    refused("account.evidence", actions.submit, account=claim, by=round_.analyst)
    evidencing.add_link(account=claim, by=round_.analyst, url="https://example.org/report", page="4")
    assert actions.submit(account=claim, by=round_.analyst).status == Status.PENDING


def test_who_says_it_is_named(round_):
    what = {"by": round_.analyst, "about": round_.about, "grader": "state", "said": said()}
    refused("account.whose", actions.write, **what)


def test_a_second_person_approves(round_):
    account = round_.approved(round_.says())
    assert (account.status, account.approved_by) == (Status.APPROVED, round_.coordinator)
    assert account.published_at is not None
    assert Act.objects.filter(verb="account.approved").count() == 1


def test_nobody_approves_what_they_wrote(round_):
    own = actions.write(by=round_.coordinator, about=round_.about, grader="expert", said=said(said_by="An expert"))
    evidencing.add_link(account=own, by=round_.coordinator, url="https://example.org/paper")
    actions.submit(account=own, by=round_.coordinator)
    refused("account.second_person", actions.approve, account=own, by=round_.coordinator)


def test_a_coordinator_who_belongs_to_the_organisation_does_not_approve_its_account(round_):
    a_membership(round_.coordinator, round_.civil, officer=True)
    refused("account.second_person", round_.approved, account=round_.says())


def test_a_coordinator_with_a_seat_in_the_authority_decides_nothing_said_of_it(round_):
    a_membership(round_.coordinator, round_.ministry)
    refused("account.second_person", round_.approved, account=round_.says())
    with pytest.raises(Forbidden):
        actions.withdraw(account=round_.body(), by=round_.coordinator, reason="We do not like it.")
    with pytest.raises(Forbidden):
        answering.release(question=a_question(round_.about, published_at=None), by=round_.coordinator)


def test_a_coordinator_of_another_country_does_not_approve(round_, world):
    abroad = a_member_of_staff("coordinator", place=world.kazakhstan)
    pending = actions.submit(account=round_.says(), by=round_.member)
    refused("account.second_person", actions.approve, account=pending, by=abroad)


def test_another_officer_of_the_authority_releases_its_word(round_):
    pending = actions.submit(account=round_.state(), by=round_.official)
    officer = a_membership(a_person(), round_.ministry, officer=True).person
    assert actions.approve(account=pending, by=officer).status == Status.APPROVED


def test_it_comes_back_with_a_remark(round_):
    pending = actions.submit(account=round_.says(), by=round_.member)
    refused("account.remark", actions.send_back, account=pending, by=round_.coordinator, remark=" ")
    back = actions.send_back(account=pending, by=round_.coordinator, remark="Which towns?")
    assert (back.status, back.remark) == (Status.RETURNED, "Which towns?")
    assert actions.submit(account=back, by=round_.member).status == Status.PENDING


def test_an_approved_account_is_never_changed(round_):
    account = round_.approved(round_.says())
    refused("account.closed", actions.change, account=account, by=round_.member, said=said("done"))
    refused("account.closed", evidencing.add_link, account=account, by=round_.member, url="https://example.org")


def test_the_next_account_takes_its_place_with_its_evidence(round_):
    first = round_.says()
    evidencing.add_link(account=first, by=round_.member, url="https://example.org/photo", page="1")
    first = round_.approved(first)
    following = actions.write_next(account=first, by=round_.member)
    assert following == actions.write_next(account=first, by=round_.member)
    assert (following.replaces, following.status, following.evidence.get().page) == (first, Status.DRAFT, "1")


def test_a_replacement_that_is_given_up_frees_the_place(round_):
    first = round_.approved(round_.says())
    actions.withdraw(account=actions.write_next(account=first, by=round_.member), by=round_.member, reason="No.")
    assert actions.write_next(account=first, by=round_.member).replaces == first


def test_withdrawing_needs_a_reason_and_is_written_down_when_staff_do_it(round_):
    account = round_.approved(round_.says())
    refused("account.reason", actions.withdraw, account=account, by=round_.member, reason="")
    gone = actions.withdraw(account=account, by=round_.coordinator, reason="It names a witness.")
    assert gone.status == Status.WITHDRAWN
    assert Act.objects.get(verb="account.withdrawn").reason == "It names a witness."


def test_strangers_withdraw_nothing(round_):
    with pytest.raises(Forbidden):
        actions.withdraw(account=round_.approved(round_.says()), by=a_person(), reason="I do not like it.")


def test_the_trail_leads_from_an_account_to_its_documents_and_figures(round_):
    account, figure = round_.says(), a_measure()
    evidencing.add_link(account=account, by=round_.member, url="https://example.org/list")
    evidencing.add_measure(account=account, by=round_.member, measure=figure)
    account = round_.approved(account)
    kinds = sorted(each.ground_kind for each in stands_on(account))
    assert kinds == ["account-evidence", "account-evidence", "measure"]


def test_a_resident_answers_once_and_by_a_step_only(round_):
    neighbour = a_person()
    what = {"by": neighbour, "about": round_.about, "grader": "residents"}
    first = actions.write(**what, said=said("partly", "seen-by-residents"))
    actions.submit(account=first, by=neighbour)
    refused("account.answered", actions.write, **what, said=said("yes", "seen-by-residents"))
    refused("account.resident_text", actions.change, account=actions.write(
        by=a_person(), about=round_.about, grader="residents", said=said("no", "seen-by-residents")
    ), by=Account.objects.latest("pk").written_by, said=said("no", "seen-by-residents", text=words()))  # fmt: skip


def test_a_resident_s_answer_carries_no_document(round_):
    neighbour = a_person()
    answer = actions.write(by=neighbour, about=round_.about, grader="residents", said=said("no", "seen-by-residents"))
    refused("evidence.resident", evidencing.add_link, account=answer, by=neighbour, url="https://example.org")


def test_a_recommendation_to_one_state_is_not_looked_at_in_another(world):
    refused("account.elsewhere", an_article, place=world.kazakhstan, binds=world.kyrgyzstan)
    assert an_article(place=world.chuy, binds=world.kyrgyzstan).place == world.chuy


def test_an_expert_s_account_is_given_by_a_university(round_, world):
    school = an_organisation_of("academia", place=world.kazakhstan)
    scholar = a_membership(a_person(), school).person
    account = actions.write(by=scholar, about=round_.about, grader="expert", said=said(), organisation=school)
    assert account.first_hand
