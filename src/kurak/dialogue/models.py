"""An index of the room's models, where Django looks for them."""

from kurak.dialogue.conversations.models import (
    Conversation,
    Edition,
    Flag,
    GuestCode,
    Participant,
    Picture,
    Statement,
    Vote,
)

__all__ = ["Conversation", "Edition", "Flag", "GuestCode", "Participant", "Picture", "Statement", "Vote"]
