"""How long the room keeps what (kurak/ground/safety/retention.py)."""

from datetime import datetime

from kurak.dialogue.conversations.models import Conversation, GuestCode, Participant
from kurak.ground.safety.retention import Kept


def end_keys(before: datetime) -> int:
    """Nobody can come back to a conversation that closed long ago, so nothing need tell that it is they."""
    closed = Conversation.objects.filter(closes__lt=before)
    return Participant.objects.filter(conversation__in=closed).exclude(digest="").update(digest="")


def end_guest_codes(before: datetime) -> int:
    """Used codes stay for the coverage, as counts of who was expected; those never used are no longer needed."""
    return GuestCode.objects.filter(conversation__closes__lt=before, used=False).delete()[0]


KEPT = (
    Kept(
        "participant keys",
        "Digest by which a browser is known again, in one conversation.",
        90,
        "Emptied, counted from the closing date of the conversation. Votes and statements stay, under a number.",
        end_keys,
    ),
    Kept(
        "guest codes",
        "Digests of codes that nobody used.",
        90,
        "Deleted, counted from the closing date.",
        end_guest_codes,
    ),
    Kept("votes and statements", "Under a participant's number.", None, "Deleted when the participant asks."),
    Kept(
        "answers about oneself",
        "Country, generation, gender, settlement: with consent.",
        None,
        "Deleted when the participant takes the consent back or asks to be erased.",
    ),
)
