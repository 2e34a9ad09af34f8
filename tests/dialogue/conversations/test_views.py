"""The participant's pages, as a browser without scripts asks for them."""

import pytest

from kurak.dialogue.conversations import actions, chances, keys
from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
from tests.factories.conversations import a_conversation, a_statement

pytestmark = pytest.mark.django_db
CLOSED, LINK, GUESTS = Conversation.Phase.CLOSED, Conversation.Admission.LINK, Conversation.Admission.GUESTS


def url(talk, rest=""):
    return f"/conversations/{talk.slug}/{rest}"


def vote(client, statement, value=1, **more):
    data = {"statement": statement.number, "value": value, **more}
    return client.post(url(statement.conversation, "vote/"), data)


def test_looking_writes_nothing(client):
    talk = a_statement().conversation
    assert client.get(url(talk)).status_code == 200
    assert not Participant.objects.exists()


def test_the_key_goes_to_this_conversation_only_and_is_not_readable_by_scripts(client):
    talk = a_statement().conversation
    cookie = client.get(url(talk)).cookies[keys.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (url(talk), True, "Lax")


def test_a_vote_without_scripts_leads_to_the_next_statement(client):
    first = a_statement()
    second = a_statement(first.conversation, "Another thought.")
    client.get(url(first.conversation))
    answer = vote(client, first)
    assert answer.url == url(first.conversation)
    page = client.get(answer.url).content.decode()
    assert second.text.body in page
    assert first.text.body not in page


def test_a_double_click_is_one_vote(client):
    statement = a_statement()
    client.get(url(statement.conversation))
    vote(client, statement)
    vote(client, statement)
    assert Vote.objects.count() == 1


def test_programs_are_answered_in_json(client):
    statement = a_statement()
    client.get(url(statement.conversation))
    data = {"statement": statement.number, "value": -1, "matters": "1"}
    answer = client.post(url(statement.conversation, "vote/"), data, headers={"accept": "application/json"})
    assert answer.json() == {"statement": statement.number, "value": -1, "matters": True}


@pytest.mark.parametrize("value", ["", "2", "yes", "1e9", "٣", "9" * 5000])
def test_a_vote_that_is_no_vote_is_refused_on_a_page(client, value):
    statement = a_statement()
    client.get(url(statement.conversation))
    assert vote(client, statement, value).status_code == 400
    assert not Vote.objects.exists()


def test_a_vote_on_a_statement_that_is_not_there_is_not_found(client):
    talk = a_conversation()
    assert client.post(url(talk, "vote/"), {"statement": "99", "value": "1"}).status_code == 404


def test_the_chance_of_being_shown_is_kept_with_the_vote_unless_tampered_with(client):
    statement = a_statement()
    client.get(url(statement.conversation))
    vote(client, statement, chance=chances.sealed(statement, 0.125))
    assert Vote.objects.get().chance == 0.125
    vote(client, statement, -1, chance="0.9:000000000000")
    assert Vote.objects.get(latest=True).chance == 0.125


def test_a_conversation_by_link_is_not_there_for_others(client):
    talk = a_conversation(admission=LINK, link_token="sesame")
    assert client.get(url(talk)).status_code == 404
    assert client.get(url(talk) + "?invitation=sesame").status_code == 200
    assert client.get(url(talk)).status_code == 200  # the invitation is remembered on this path


def test_guests_are_asked_for_their_code_and_then_vote(client):
    from tests.dialogue.conversations.test_actions import a_code

    talk = a_conversation(admission=GUESTS)
    statement, code = a_statement(talk), a_code(talk)
    assert 'name="code"' in client.get(url(talk)).content.decode()
    assert client.post(url(talk, "enter/"), {"code": code}).status_code == 302
    assert vote(client, statement).status_code == 302


def test_nothing_is_seen_behind_the_door_of_a_guests_conversation(client):
    talk = a_statement(a_conversation(admission=GUESTS), "Behind the door").conversation
    assert "Behind the door" not in client.get(url(talk)).content.decode()
    for page in ("picture/", "picture/table/", "picture.json", "next/", "mine/", "write/", "log/", "projector/"):
        assert client.get(url(talk, page)).status_code == 302, page


def test_the_key_is_carried_to_a_closed_conversation_too(client):
    talk = a_conversation(phase=CLOSED)
    client.post(url(talk, "mine/carry/"), {"key": keys.new_key()})
    assert keys.COOKIE in client.cookies


def test_a_draft_is_not_there(client):
    assert client.get(url(a_conversation(phase=Conversation.Phase.DRAFT))).status_code == 404


def test_a_closed_conversation_shows_itself_and_takes_no_votes(client):
    statement = a_statement(a_conversation(phase=CLOSED))
    assert client.get(url(statement.conversation)).status_code == 200
    assert vote(client, statement).status_code == 403


def test_near_duplicates_are_shown_before_a_statement_is_added(client):
    there = a_statement(text="Every village needs clean drinking water")
    talk = there.conversation
    client.get(url(talk))
    new = {"body": "every village needs clean drinking water!!", "language": "en"}
    page = client.post(url(talk, "write/"), new)
    assert there.text.body in page.content.decode()
    assert talk.statements.count() == 1
    assert client.post(url(talk, "write/"), {**new, "anyway": "1"}).status_code == 302
    assert talk.statements.count() == 2


def test_a_refused_statement_stays_in_its_form(client):
    talk = a_conversation(longest=10)
    client.get(url(talk))
    page = client.post(url(talk, "write/"), {"body": "far too long for ten", "language": "en"}).content.decode()
    assert "far too long for ten" in page


def test_in_strict_moderation_a_new_statement_waits(client):
    talk = a_conversation(moderation=Conversation.Moderation.STRICT)
    client.get(url(talk))
    client.post(url(talk, "write/"), {"body": "Plant trees in every street", "language": "en"})
    assert "Plant trees" not in type(client)().get(url(talk)).content.decode()
    assert "Plant trees" in client.get(url(talk, "mine/")).content.decode()


def test_the_key_carries_me_to_another_device(client):
    statement = a_statement()
    key = client.get(url(statement.conversation)).cookies[keys.COOKIE].value
    vote(client, statement)
    other = type(client)()
    other.post(url(statement.conversation, "mine/carry/"), {"key": key.upper()})
    assert statement.text.body in other.get(url(statement.conversation, "mine/")).content.decode()


def test_forgetting_me_takes_votes_and_cookie(client):
    statement = a_statement()
    client.get(url(statement.conversation))
    vote(client, statement)
    answer = client.post(url(statement.conversation, "mine/erase/"))
    assert answer.cookies[keys.COOKIE]["max-age"] == 0
    assert not Vote.objects.exists()


def test_a_statement_with_markup_is_shown_as_text(client):
    talk = a_statement(text="<script>alert(1)</script>").conversation
    page = client.get(url(talk)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_merged_statement_is_not_put_to_the_vote(client):
    kept = a_statement(text="Kept thought")
    a_statement(kept.conversation, "Merged thought", merged_into=kept)
    page = client.get(url(kept.conversation)).content.decode()
    assert "Merged thought" not in page


def test_a_translation_is_marked_and_the_original_is_at_hand(client):
    statement = a_statement(text="Чистая вода", language="ru")
    statement.text = statement.text.with_translation("en", "Clean water", "machine")
    statement.save()
    page = client.get(url(statement.conversation) + "?lang=en").content.decode()
    assert "Clean water" in page
    assert "machine translation" in page
    assert 'lang="ru" dir="ltr">Чистая вода' in page


def test_my_own_statement_is_not_put_to_me(client):
    talk = a_conversation()
    client.get(url(talk))
    person = actions.admit(conversation=talk, key=client.cookies[keys.COOKIE].value)
    Statement.objects.create(conversation=talk, number=5, text=a_statement().text, author=person)
    assert "ballot-done" in client.get(url(talk)).content.decode()
