"""Conversations in the API: what is public, and a vote with a key."""

import pytest

from kurak.dialogue.conversations.models import Conversation, Edition, Picture, Statement, Vote
from kurak.ground.languages.text import Text
from tests.dialogue.conversations.exchange.test_package import SHOWN
from tests.factories.conversations import a_conversation, a_statement, a_vote

pytestmark = pytest.mark.usefixtures("world")
API = "/api/v1/conversations"
KEY = "abcdefghijklmnopqrstuvwxyz"
FULL = {**SHOWN, "engine": "kurak 1", "people": 20, "votes": 20, "everyone": [0]}
FULL["groups"] = [{**group, "percent": 50} for group in SHOWN["groups"]]
FULL["quilt"] = {"patches": [[1, 2, 0, 3]]}


@pytest.fixture
def talk():
    question = Text("ru", "Вода?", {"en": ("Water?", "human")})
    conversation = a_conversation("talk", question=question)
    a_statement(conversation, "More trees")
    return conversation


def send(client, statement=0, value=1, key=KEY, **more):
    sent = {"statement": statement, "value": value, **more}
    return client.post(f"{API}/talk/votes", sent, content_type="application/json", headers={"X-Participant-Key": key})


def test_the_list_names_public_conversations_with_licence_and_citation(client, talk):
    a_conversation("hidden", phase=Conversation.Phase.DRAFT)
    a_conversation("circle", admission=Conversation.Admission.LINK)
    answer = client.get(API).json()
    assert (answer["total"], [each["slug"] for each in answer["items"]]) == (1, ["talk"])
    told = answer["items"][0]
    assert told["question"]["translations"]["en"] == {"body": "Water?", "made": "human"}
    assert told["licence"] == "CC-BY-4.0"
    assert "Вода?" in told["citation"]
    assert told["files"]["votes.csv"] == "/conversations/talk/data/votes.csv"


def test_the_list_can_be_asked_for_a_place(client, talk):
    assert client.get(f"{API}?place=KZ").json()["total"] == 0
    assert client.get(f"{API}?place=KG").json()["total"] == 1


@pytest.mark.parametrize("part", ["", "/statements", "/picture", "/coverage", "/editions", "/editions/1"])
def test_what_is_not_public_is_missing(client, part):
    a_conversation("circle", admission=Conversation.Admission.GUESTS)
    answer = client.get(f"{API}/circle{part}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_statements_that_were_rejected_are_not_given(client, talk):
    a_statement(talk, "Spam", status=Statement.Status.REJECTED)
    answer = client.get(f"{API}/talk/statements?limit=1").json()
    assert answer["total"] == 1
    assert answer["items"][0]["text"]["body"] == "More trees"
    assert answer["licence"] == "CC-BY-4.0"


def test_the_picture_says_numbers_and_nobodys_place(client, talk):
    Picture.objects.create(conversation=talk, shown=FULL, version=3)
    answer = client.get(f"{API}/talk/picture").json()
    assert (answer["version"], answer["groups"][0]["people"]) == (3, 12)
    assert answer["statements"][0] == {"number": 0, "all": [11, 5, 20], "groups": [[10, 1, 12], [1, 4, 8]]}
    assert "patches" not in str(answer)


def test_without_a_picture_there_is_a_sentence(client, talk):
    assert client.get(f"{API}/talk/picture").json()["code"] == "picture.missing"


def test_editions_are_listed_and_each_can_be_read(client, talk):
    Edition.objects.create(
        conversation=talk, number=1, last_vote=0, shown=FULL, engine="kurak 1", input_digest="a" * 64
    )
    listed = client.get(f"{API}/talk/editions").json()
    assert (listed[0]["number"], listed[0]["input_digest"]) == (1, "a" * 64)
    assert client.get(f"{API}/talk/editions/1").json()["people"] == 20
    assert client.get(f"{API}/talk/editions/99999999999").status_code == 404


def test_coverage_is_what_the_picture_counted(client, talk):
    counted = [
        {"question": "country", "basis": "", "total": 20, "rows": [{"value": "KG", "count": None, "expected": None}]}
    ]
    Picture.objects.create(conversation=talk, shown={**FULL, "coverage": counted})
    assert client.get(f"{API}/talk/coverage").json()["questions"] == counted


def test_a_program_votes_with_a_key_of_its_own(client, talk):
    assert send(client, matters=True).json() == {"statement": 0, "value": 1, "matters": True}
    assert send(client, value=-1).json()["value"] == -1
    assert list(Vote.objects.filter(latest=True).values_list("value", flat=True)) == [-1]
    assert talk.participants.count() == 1


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ({"statement": 7}, 404, "statement.unknown"),
        ({"value": 2}, 422, "request.invalid"),
        ({"key": "short"}, 400, "key.unreadable"),
    ],
)
def test_what_is_no_vote_is_refused(client, talk, how, status, code):
    answer = send(client, **how)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Vote.objects.exists()


def test_a_cookie_is_no_key_here(client, talk):
    client.cookies["participant"] = KEY
    answer = client.post(f"{API}/talk/votes", {"statement": 0, "value": 1}, content_type="application/json")
    assert answer.status_code == 422


def test_a_closed_conversation_takes_no_votes(client, talk):
    Conversation.objects.update(phase=Conversation.Phase.CLOSED)
    assert send(client).json()["code"] == "conversation.closed"


def test_votes_of_others_are_not_in_any_answer(client, talk):
    send(client)
    a_vote(talk.participants.get(), a_statement(talk, "Another"))
    number = str(talk.participants.get().number)
    for part in ("", "/statements", "/coverage", "/editions"):
        assert number not in client.get(f"{API}/talk{part}").content.decode()
