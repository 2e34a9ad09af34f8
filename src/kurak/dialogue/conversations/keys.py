"""A participant's key: made in the browser's cookie, kept to the path of one conversation, known to us as a digest.

Two conversations see two keys that have nothing to do with each other, so nobody can link what a person said here to
what they said there, not even with the database in hand."""

import hashlib
import re
import secrets

from django.http import HttpRequest, HttpResponse

from kurak.dialogue.conversations.models import Conversation

COOKIE = "participant"
HEADER = "X-Participant-Key"  # for programs
DAYS = 400  # the longest that browsers keep a cookie
KEY = re.compile(r"[a-z2-7]{26}")
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def new_key() -> str:
    """130 random bits in letters and digits that can be copied by hand."""
    return "".join(secrets.choice(ALPHABET) for _ in range(26))


def digest_of(conversation: Conversation, key: str) -> str:
    """What is stored. The key has 130 bits, so a plain digest cannot be searched backwards."""
    return digest_in(conversation.pk, key)


def digest_in(conversation: int, key: str) -> str:
    return hashlib.sha256(f"{conversation}:{key}".encode()).hexdigest()


def key_in(request: HttpRequest) -> str | None:
    key = request.headers.get(HEADER) or request.COOKIES.get(COOKIE, "")
    return key if KEY.fullmatch(key) else None


def path_of(conversation: Conversation) -> str:
    return f"/conversations/{conversation.slug}/"


def keep(response: HttpResponse, conversation: Conversation, key: str, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE, key, max_age=DAYS * 86400, path=path_of(conversation), httponly=True, samesite="Lax", secure=secure
    )


def forget(response: HttpResponse, conversation: Conversation) -> None:
    response.delete_cookie(COOKIE, path=path_of(conversation), samesite="Lax")
