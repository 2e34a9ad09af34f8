import csv

import pytest

from kurak.dialogue.conversations import keys
from kurak.dialogue.conversations.models import Conversation, Flag, Statement
from kurak.dialogue.conversations.moderation import actions
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Grant
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.people import a_member_of_staff, signed_in

pytestmark = pytest.mark.django_db
Status = Statement.Status


@pytest.fixture
def moderator():
    return a_member_of_staff(Grant.Role.MODERATOR)


@pytest.fixture
def desk(client, moderator):
    return signed_in(client, moderator)


@pytest.fixture
def conversation():
    return a_conversation("water")


def at(part=""):
    return f"/desk/conversations/water/moderation/{part}"


@pytest.mark.parametrize("part", ["", "appeals/", "alike/", "patterns/", "decided/"])
def test_a_page_is_shown_to_a_moderator_and_kept_out_of_caches(desk, conversation, part):
    response = desk.get(at(part))
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("part", ["", "appeals/", "alike/", "patterns/", "decided/"])
def test_a_moderator_of_another_country_finds_nothing(client, world, part):
    a_conversation("water", place=world.kazakhstan)
    elsewhere = signed_in(client, a_member_of_staff(Grant.Role.MODERATOR, place=world.kyrgyzstan))
    assert elsewhere.get(at(part)).status_code == 404


def test_one_statement_is_accepted_from_the_queue(desk, conversation):
    statement = a_statement(conversation, "More trees", status=Status.WAITING)
    assert "More trees" in desk.get(at()).content.decode()
    response = desk.post(at("decide/"), {"verdict": "accepted", "looked_at": "0:0"}, follow=True)
    assert "1 statement accepted." in response.content.decode()
    statement.refresh_from_db()
    assert statement.status == Status.ACCEPTED


def test_many_are_rejected_together_with_one_reason(desk, conversation):
    for _each in range(3):
        a_statement(conversation, status=Status.WAITING)
    given = {"verdict": "rejected", "reason": "off_topic", "looked_at": ["0:0", "2:0"]}
    desk.post(at("decide/"), given)
    assert [each.status for each in conversation.statements.order_by("number")] == [-1, 0, -1]


def test_a_rejection_without_a_reason_changes_nothing_and_says_so(desk, conversation):
    statement = a_statement(conversation, status=Status.WAITING)
    response = desk.post(at("decide/"), {"verdict": "rejected", "looked_at": "0:0"}, follow=True)
    assert "Choose a reason" in response.content.decode()
    statement.refresh_from_db()
    assert statement.status == Status.WAITING


@pytest.mark.parametrize("looked_at", ["", "0", "x:0", "0:x", "99:0", "²:0"])
def test_what_is_no_statement_is_not_decided_on(desk, conversation, looked_at):
    a_statement(conversation, status=Status.WAITING)
    assert desk.post(at("decide/"), {"verdict": "accepted", "looked_at": looked_at}).status_code == 302
    assert conversation.statements.get().status == Status.WAITING


def test_the_second_moderator_is_told_that_the_first_was_faster(desk, conversation, moderator):
    statement = a_statement(conversation, status=Status.WAITING)
    actions.accept(statement=statement, by=moderator)
    given = {"verdict": "rejected", "reason": "spam", "looked_at": "0:0"}
    assert "Somebody else decided" in desk.post(at("decide/"), given, follow=True).content.decode()


def test_the_queue_shows_the_accepted_statement_that_says_almost_the_same(desk, conversation):
    a_statement(conversation, "Plant trees along every street")
    a_statement(conversation, "Plant trees along each street", status=Status.WAITING)
    assert "Almost the same is accepted already" in desk.get(at()).content.decode()


def test_an_appeal_is_upheld_on_its_page(desk, conversation):
    rejected = {"status": Status.REJECTED, "reason": "unclear", "appeal": "It is clear.", "appeal_open": True}
    statement = a_statement(conversation, **rejected)
    assert "It is clear." in desk.get(at("appeals/")).content.decode()
    desk.post(at(f"appeals/{statement.number}/"), {"upheld": "yes", "revision": 0})
    statement.refresh_from_db()
    assert statement.status == Status.ACCEPTED


def test_two_alike_are_merged_and_the_merge_is_undone(desk, conversation):
    first, second = a_statement(conversation, "Clean rivers now"), a_statement(conversation, "Clean rivers now!")
    desk.post(at("alike/decide/"), {"first": 0, "second": 1, "stays": 1, "verdict": "merge"})
    first.refresh_from_db()
    assert first.merged_into == second
    desk.post(at("alike/0/undo/"))
    first.refresh_from_db()
    assert first.merged_into is None


@pytest.mark.parametrize("stays", ["", "7"])
def test_a_merge_needs_to_know_which_one_stays(desk, conversation, stays):
    for _each in range(2):
        a_statement(conversation)
    desk.post(at("alike/decide/"), {"first": 0, "second": 1, "stays": stays, "verdict": "merge"})
    assert not conversation.statements.exclude(merged_into=None).exists()


def test_a_participant_is_left_out_and_counted_again(desk, conversation):
    flag = Flag.objects.create(participant=a_participant(conversation), kind=Flag.Kind.ONE_SIDED)
    desk.post(at(f"patterns/{flag.pk}/"), {"verdict": "exclude", "reason": "Forty votes within ten seconds"})
    assert conversation.participants.get().weight == 0
    desk.post(at(f"patterns/{flag.pk}/"), {"verdict": "restore"})
    assert conversation.participants.get().weight == 1


def test_a_flag_of_another_conversation_is_not_found(desk, conversation):
    flag = Flag.objects.create(participant=a_participant(), kind=Flag.Kind.TWIN)
    assert desk.post(at(f"patterns/{flag.pk}/"), {"verdict": "exclude", "reason": "x"}).status_code == 404


def test_everybody_reads_the_house_policy(client, conversation):
    page = client.get("/conversations/water/policy/").content.decode()
    assert "Moderators see to it that everybody can speak" in page
    assert "Spam or advertising" in page


def test_a_conversation_may_have_a_policy_of_its_own(client):
    a_conversation("water", policy=Text("ru", "Говорим о воде.", {"en": ("We speak of water.", "human")}))
    page = client.get("/conversations/water/policy/?lang=ru").content.decode()
    assert '<div lang="ru" dir="ltr"><p>Говорим о воде.</p></div>' in page


def test_everybody_reads_the_log_and_finds_no_moderator_in_it(client, conversation, moderator):
    actions.reject(statement=a_statement(conversation, "Buy pipes"), by=moderator, reason="spam", note="Not here")
    page = client.get("/conversations/water/log/").content.decode()
    assert "Buy pipes" in page
    assert moderator.username not in page
    assert "Not here" not in page


def test_the_log_as_a_file_tells_the_same(client, conversation, moderator):
    actions.reject(statement=a_statement(conversation, "=1+1 is spam"), by=moderator, reason="spam")
    rows = list(csv.DictReader(client.get("/conversations/water/log.csv").content.decode().splitlines()))
    assert [(row["decision"], row["statement"], row["text"], row["reason"]) for row in rows] == [
        ("rejected", "0", "'=1+1 is spam", "spam")
    ]


@pytest.mark.parametrize("page", ["policy/", "log/", "log.csv"])
def test_who_is_not_invited_does_not_learn_that_the_conversation_exists(client, page):
    a_conversation("water", admission=Conversation.Admission.LINK, link_token="secret")
    assert client.get(f"/conversations/water/{page}").status_code == 404


def test_the_author_reads_the_decision_appeals_and_reads_the_answer(client, conversation, moderator):
    key = keys.new_key()
    author = a_participant(conversation, digest=keys.digest_of(conversation, key))
    statement = a_statement(conversation, author=author)
    actions.reject(statement=statement, by=moderator, reason="unclear", note="Which river?")
    client.cookies[keys.COOKIE] = key
    assert "Which river?" in client.get("/conversations/water/mine/").content.decode()
    client.post(f"/conversations/water/mine/appeal/{statement.number}/", {"words": "The Chu, of course."})
    actions.decide_appeal(statement=statement, by=moderator, upheld=True, note="Now we see.")
    statement.refresh_from_db()
    assert (statement.status, statement.appeal) == (Status.ACCEPTED, "The Chu, of course.")
