"""The parts of a page that are the same for everybody: made once a picture and language, not once a visitor.

Kept for a few seconds only, so that a statement which a moderator takes out is gone even while no picture is drawn."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kurak.dialogue.conversations import quilt
from kurak.dialogue.conversations.models import Picture
from kurak.dialogue.conversations.telling import described

SECONDS = 3.0
ME = "<!--me-->"  # where the quilt leaves room for one's own mark


@dataclass(frozen=True, slots=True)
class Sewn:
    picture: SafeString
    uniting: SafeString

    def with_me(self, me: dict[str, Any] | None) -> Sewn:
        """The same with one's own place marked."""
        if me is None:
            return self
        mark = render_to_string("dialogue/conversations/_me.html", {"me": me})
        return Sewn(mark_safe(self.picture.replace(ME, mark)), self.uniting)  # noqa: S308 - our own two templates


def sewn(picture: Picture) -> Sewn:
    return _sewn(picture.pk, picture.version, get_language() or "en", int(time.monotonic() / SECONDS))


@lru_cache(maxsize=256)
def _sewn(picture: int, _version: int, language: str, _moment: int) -> Sewn:
    row = Picture.objects.select_related("conversation").defer("state").get(pk=picture)
    with translation.override(language):
        told = described(row.conversation, row.shown, quilt.drawn(row.shown))
        parts = told | {"uniting": told["unites"][:3]}
        return Sewn(
            *(render_to_string(f"dialogue/conversations/_{part}.html", parts) for part in ("picture", "uniting"))
        )
