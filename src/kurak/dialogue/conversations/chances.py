"""The probability with which a statement was shown travels in the form, sealed, and is kept with the vote:
an analyst can weigh votes by it, and nothing is written when a page is merely looked at."""

from django.utils.crypto import constant_time_compare, salted_hmac

from kurak.dialogue.conversations.models import Statement

NOTHING = -(2**31)


def sealed(statement: Statement, chance: float) -> str:
    shown = f"{chance:.4g}"
    return f"{shown}:{seal(statement.pk, shown)}"


def opened(statement: Statement, sent: str) -> float | None:
    """The probability, or None where it was not sent or was tampered with."""
    return opened_for(statement.pk, sent)


def opened_for(statement: int, sent: str) -> float | None:
    shown, _, given = sent.partition(":")
    if not given or not constant_time_compare(given, seal(statement, shown)):
        return None
    return float(shown)


def seal(statement: int, shown: str) -> str:
    return salted_hmac("kurak.chance", f"{statement}:{shown}", algorithm="sha256").hexdigest()[:12]


def whole(sent: str | None) -> int:
    """A whole number as a form sends it; anything else is a number that nothing has."""
    try:
        number = int(sent or "")
    except ValueError:
        return NOTHING
    return number if abs(number) < -NOTHING else NOTHING
