"""What the worker does for conversations: keep their pictures fresh."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from kurak.dialogue.conversations import analysis, queries
from kurak.dialogue.conversations.models import Conversation, Picture

log = logging.getLogger("kurak.pictures")
REST = 2.0  # seconds between two pictures of one conversation; more where drawing takes long


def keep_pictures() -> int:
    """Draw every picture that lacks votes and has rested; how many were drawn. One that fails stops no other."""
    drawn = 0
    for conversation in queries.pictures_due().select_related("place"):
        if not rested(conversation):
            continue
        try:
            drawn += analysis.redraw(conversation) is not None
        except Exception:
            log.exception("The picture of conversation %s could not be drawn", conversation.pk)
    return drawn


def rested(conversation: Conversation) -> bool:
    picture = Picture.objects.filter(conversation=conversation).only("drawn_at", "seconds").first()
    if picture is None:
        return True
    return picture.drawn_at + timedelta(seconds=max(REST, picture.seconds)) <= timezone.now()
