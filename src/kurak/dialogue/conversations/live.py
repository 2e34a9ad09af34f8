"""The live picture: server-sent events, in a process of its own that serves nothing else.

One watcher asks the database once a second which pictures are new, renders each once a language, and wakes the streams.
A stream holds no database connection and no thread, so five thousand of them fit into one small process."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.core.signing import BadSignature, TimestampSigner
from django.db import close_old_connections
from django.template.loader import render_to_string
from django.utils import translation

from kurak.dialogue.conversations import queries, quilt
from kurak.dialogue.conversations.models import Conversation, Picture
from kurak.ground.languages.declared import BY_CODE

type Message = dict[str, Any]
SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
LOOK_EVERY = 1.0  # seconds between two looks at the database
BREATH = 20.0  # seconds without news after which a comment keeps the line open
PASS_DAYS = 3  # how long a pass to a closed circle's stream is good


@dataclass(slots=True)
class Channel:
    """What the streams of one conversation in one language wait for."""

    event: bytes = b""
    version: int = -1
    listeners: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def publish(self, event: bytes, version: int) -> None:
        self.event, self.version = event, version
        self.news.set()
        self.news = asyncio.Event()


class Watcher:
    """Looks at the pictures for as long as anybody listens."""

    def __init__(self) -> None:
        self.channels: dict[tuple[str, str], Channel] = {}
        self.work: asyncio.Task[None] | None = None

    def join(self, slug: str, language: str) -> Channel:
        channel = self.channels.setdefault((slug, language), Channel())
        channel.listeners += 1
        if self.work is None or self.work.done():
            self.work = asyncio.create_task(self.watch())
        return channel

    def leave(self, slug: str, language: str) -> None:
        channel = self.channels[slug, language]
        channel.listeners -= 1
        if not channel.listeners:
            del self.channels[slug, language]

    async def watch(self) -> None:
        while self.channels:
            known = {key: channel.version for key, channel in self.channels.items()}
            try:
                fresh = await sync_to_async(events_since)(known)
            except Exception:  # the database is away: the streams stay, and go on when it is back
                fresh = {}
            for key, (event, version) in fresh.items():
                if key in self.channels:
                    self.channels[key].publish(event, version)
            await asyncio.sleep(LOOK_EVERY)


def events_since(known: dict[tuple[str, str], int]) -> dict[tuple[str, str], tuple[bytes, int]]:
    """The events of pictures that are newer than those the channels have."""
    close_old_connections()
    slugs = {slug for slug, _language in known}
    pictures = Picture.objects.filter(conversation__slug__in=slugs).values_list("conversation__slug", "version")
    newest = dict(pictures)
    behind = [key for key, version in known.items() if newest.get(key[0], -1) > version]
    new = Picture.objects.select_related("conversation").filter(conversation__slug__in={slug for slug, _ in behind})
    rows = {picture.conversation.slug: picture for picture in new}
    return {(slug, language): (event_of(rows[slug], language), rows[slug].version) for slug, language in behind}


def event_of(picture: Picture, language: str) -> bytes:
    with translation.override(language):
        drawn = quilt.drawn(picture.shown) if picture.shown else None
        markup = render_to_string("dialogue/conversations/_picture.html", {"shown": picture.shown, "quilt": drawn})
    lean = " ".join(markup.split())
    news = {"version": picture.version, "drawn": picture.drawn_at.timestamp(), "picture": lean}
    return f"id: {picture.version}\nevent: picture\ndata: {json.dumps(news, ensure_ascii=False)}\n\n".encode()


def admits(slug: str, given: str) -> bool:
    """Whether the stream may be heard: conversations by link or guest list ask for the pass that their page carries."""
    close_old_connections()
    conversation = Conversation.objects.filter(slug=slug).first()
    if conversation is None or queries.phase_of(conversation) == Conversation.Phase.DRAFT:
        return False
    if conversation.admission == Conversation.Admission.OPEN:
        return True
    try:
        return TimestampSigner(salt="live").unsign(given, max_age=PASS_DAYS * 86400) == slug
    except BadSignature:
        return False


HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"access-control-allow-origin", b"*"),  # no cookie is read here, and the pass is in the address
    (b"x-content-type-options", b"nosniff"),
]
watcher = Watcher()


async def stream(scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]):
    """One listener, from the first picture to the closed window."""
    slug = scope["path"].removeprefix("/live/").strip("/")
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    language = asked.get("lang", ["en"])[0]
    if (
        language not in BY_CODE
        or not SLUG.fullmatch(slug)
        or not await sync_to_async(admits)(slug, asked.get("pass", [""])[0])
    ):
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"No such stream."})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    channel = watcher.join(slug, language)
    talking = asyncio.create_task(talk(channel, send))
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        talking.cancel()
        watcher.leave(slug, language)


async def talk(channel: Channel, send: Callable[[Message], Awaitable[None]]) -> None:
    heard = -1
    await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
    while True:
        news = channel.news
        if channel.version > heard:
            heard = channel.version
            await send({"type": "http.response.body", "body": channel.event, "more_body": True})
            continue
        try:
            async with asyncio.timeout(BREATH):
                await news.wait()
        except TimeoutError:
            await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})


async def application(scope: Message, receive: Any, send: Any) -> None:
    """What uvicorn serves: /live/<conversation>/ and its own life span."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http":
        await stream(scope, receive, send)


async def lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
