"""An index of the room's models, where Django looks for them."""

from kurak.dialogue.conversations.models import (
    Conversation,
    Edition,
    Flag,
    GuestCode,
    Participant,
    Picture,
    Remainder,
    Statement,
    Vote,
)
from kurak.dialogue.conversations.moderation.models import Comparison, Decision

__all__ = [
    "Comparison",
    "Conversation",
    "Decision",
    "Edition",
    "Flag",
    "GuestCode",
    "Participant",
    "Picture",
    "Remainder",
    "Statement",
    "Vote",
]
