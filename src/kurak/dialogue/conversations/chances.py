"""The probability with which a statement was shown travels in the form, sealed, and is kept with the vote:
an analyst can weigh votes by it, and nothing is written when a page is merely looked at."""

from django.utils.crypto import constant_time_compare, salted_hmac

from kurak.dialogue.conversations.models import Statement

NOTHING = -(2**31)


def sealed(statement: Statement, chance: float) -> str:
    shown = f"{chance:.4g}"
    return f"{shown}:{seal(statement.conversation_id, statement.number, shown)}"


def opened(conversation: int, statement: int, sent: str) -> float | None:
    """The probability with which a statement (by its number) was shown; None where it was not sent or tampered with."""
    shown, _, given = sent.partition(":")
    if not given or not constant_time_compare(given, seal(conversation, statement, shown)):
        return None
    return float(shown)


def seal(conversation: int, statement: int, shown: str) -> str:
    content = f"{conversation}:{statement}:{shown}"
    return salted_hmac("kurak.chance", content, algorithm="sha256").hexdigest()[:12]


def whole(sent: str | None) -> int:
    """A whole number as a form sends it; anything else is a number that nothing has."""
    try:
        number = int(sent or "")
    except ValueError:
        return NOTHING
    return number if abs(number) < -NOTHING else NOTHING
