"""The stream of pictures, spoken to in ASGI as the server speaks to it."""

import asyncio
import json

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator

from kurak.dialogue.conversations import live
from kurak.dialogue.conversations.models import Conversation, Picture
from kurak.dialogue.conversations.visiting import live_pass
from tests.factories.conversations import a_conversation

pytestmark = pytest.mark.django_db(transaction=True)


def listener(path: str, query: str = "lang=en") -> ApplicationCommunicator:
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    return ApplicationCommunicator(live.application, scope)


async def opened(talk, query="lang=en"):
    stream = listener(f"/live/{talk.slug}/", query)
    await stream.send_input({"type": "http.request"})
    start = await stream.receive_output(5)
    return stream, start["status"]


async def heard(stream) -> dict:
    while True:
        body = (await stream.receive_output(5))["body"].decode()
        if "event: picture" in body:
            return json.loads(body.split("data: ")[1])


async def closed(stream):
    await stream.send_input({"type": "http.disconnect"})
    await asyncio.wait_for(stream.wait(5), 6)


def ran(story):
    async def whole():
        live.watcher = live.Watcher()
        await asyncio.wait_for(story(), 20)

    asyncio.run(whole())


def test_a_listener_hears_the_picture_there_is_and_each_new_one():
    talk = a_conversation()
    picture = Picture.objects.create(conversation=talk, version=1)

    async def story():
        stream, status = await opened(talk)
        assert status == 200
        assert (await heard(stream))["version"] == 1
        await sync_to_async(Picture.objects.filter(pk=picture.pk).update)(version=2)
        assert (await heard(stream))["version"] == 2
        await closed(stream)
        assert not live.watcher.channels

    ran(story)


def test_the_picture_comes_in_the_language_of_the_listener():
    talk = a_conversation()
    Picture.objects.create(conversation=talk, version=1)

    async def story():
        english, _ = await opened(talk)
        russian, _ = await opened(talk, "lang=ru")
        assert (await heard(english))["picture"] != (await heard(russian))["picture"]
        await closed(english)
        await closed(russian)

    ran(story)


@pytest.mark.parametrize("query", ["lang=xx", "lang=en&lang=", ""])
def test_an_unknown_conversation_has_no_stream(query):
    async def story():
        stream = listener("/live/nothing/", query)
        await stream.send_input({"type": "http.request"})
        assert (await stream.receive_output(5))["status"] == 404

    ran(story)


def test_a_closed_circle_is_streamed_only_to_who_has_the_pass():
    talk = a_conversation(admission=Conversation.Admission.LINK, link_token="sesame")
    other = a_conversation(admission=Conversation.Admission.LINK, link_token="sesame")
    Picture.objects.create(conversation=talk, version=1)

    async def story():
        assert (await opened(talk))[1] == 404
        assert (await opened(talk, f"lang=en&pass={live_pass(other)}"))[1] == 404
        stream, status = await opened(talk, f"lang=en&pass={live_pass(talk)}")
        assert status == 200
        await closed(stream)

    ran(story)


@pytest.mark.parametrize(
    ("path", "query"), [("/live/water\x00/", b"lang=en"), ("/live/water/", b"lang=en&pass=\xff\xfe")]
)
def test_odd_bytes_find_no_stream(path, query):
    a_conversation("water", admission=Conversation.Admission.LINK)

    async def story():
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": []}
        stream = ApplicationCommunicator(live.application, scope)
        assert (await stream.receive_output(5))["status"] == 404

    ran(story)
