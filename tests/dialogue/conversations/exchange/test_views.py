"""Downloads: the page that explains the files, and the files, for those who may see the conversation."""

import io
import json
import zipfile

import pytest

from kurak.dialogue.conversations.exchange.actions import import_folder
from kurak.dialogue.conversations.models import Conversation
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote
from tests.factories.folders import FILES, a_folder

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def talk(tmp_path):
    return import_folder(folder=a_folder(tmp_path / "talk")).conversation


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_streamed_as_it_was_imported(client, talk, name):
    answer = client.get(f"/conversations/talk/data/{name}")
    assert b"".join(answer.streaming_content).decode() == FILES[name]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="talk-{name}"'
    assert answer.headers["Content-Type"].startswith("text/csv")


def test_the_page_names_every_file_and_the_sign(client, talk):
    page = client.get("/conversations/talk/data/").content.decode()
    for name in ("votes.csv", "comments.csv", "participants-votes.csv", "conversation.json", "README.txt"):
        assert f'href="/conversations/talk/data/{name}"' in page
    assert "+1 is agree" in page


def test_who_has_a_file_already_gets_nothing_twice(client, talk):
    tag = client.get("/conversations/talk/data/votes.csv").headers["ETag"]
    assert client.get("/conversations/talk/data/votes.csv", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/conversations/talk/data/comments.csv", headers={"If-None-Match": tag}).status_code == 200


def test_a_vote_a_translation_or_a_decision_makes_another_version(client, talk):
    tags = [client.head("/conversations/talk/data/comments.csv").headers["ETag"]]
    statement = talk.statements.get(number=2)
    a_vote(a_participant(talk, number=70, digest="key"), statement)
    tags.append(client.head("/conversations/talk/data/comments.csv").headers["ETag"])
    statement.text = statement.text.with_translation("en", "Clean air", "human")
    statement.save()
    tags.append(client.head("/conversations/talk/data/comments.csv").headers["ETag"])
    talk.participants.filter(number=70).update(weight=0)
    tags.append(client.head("/conversations/talk/data/comments.csv").headers["ETag"])
    assert len(set(tags)) == 4


def test_the_package_holds_what_its_descriptor_lists(client, talk):
    answer = client.get("/conversations/talk/data/package.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        listed = json.loads(archive.read("talk/datapackage.json"))["resources"]
        for resource in listed:
            assert len(archive.read(f"talk/{resource['path']}")) == resource["bytes"]


def test_an_unknown_file_is_missing(client, talk):
    assert client.get("/conversations/talk/data/passwords.csv").status_code == 404


def test_taking_a_file_takes_no_part(client):
    conversation = a_conversation("open-talk")
    a_statement(conversation)
    answer = client.get("/conversations/open-talk/data/votes.csv")
    assert answer.status_code == 200
    assert not answer.cookies
    assert not conversation.participants.exists()


@pytest.mark.parametrize(
    "hidden",
    [
        {"phase": Conversation.Phase.DRAFT},
        {"admission": Conversation.Admission.LINK, "link_token": "secret"},
        {"admission": Conversation.Admission.GUESTS},
    ],
)
def test_strangers_get_no_files_of_what_they_may_not_see(client, hidden):
    a_conversation("circle", **hidden)
    for name in ("", "votes.csv", "package.zip"):
        assert client.get(f"/conversations/circle/data/{name}").status_code == 404


def test_a_link_opens_the_files_and_no_cache_keeps_them(client):
    a_conversation("circle", admission=Conversation.Admission.LINK, link_token="secret")
    answer = client.get("/conversations/circle/data/votes.csv?invitation=secret")
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]


def test_without_consent_to_open_votes_the_files_of_people_are_missing(client, talk):
    Conversation.objects.update(publishes_votes=False)
    assert client.get("/conversations/talk/data/votes.csv").status_code == 404
    assert client.get("/conversations/talk/data/comments.csv").status_code == 200
