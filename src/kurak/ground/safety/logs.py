"""What may be written to a log: what happened and where in the code. Not who, from where, or with what browser."""

from __future__ import annotations

import ipaddress
import logging
import re
from typing import Any

LIKE_AN_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\w:])"
)
# From the beginning of a word only: a long address without an @ would be read again from each of its letters.
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SECRET_PATH = re.compile(r"(/account/(?:password/reset/key|confirm-email)/)[^\s/]+")


class WithoutPeople(logging.Filter):
    """Takes the request out of a record (handlers print its headers), and addresses out of its words."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        record.msg, record.args = cleaned(record.getMessage()), ()
        return True


class Formatter(logging.Formatter):
    """Tracebacks too: the text of an exception may quote what somebody typed or sent."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return cleaned(super().formatException(ei))


def cleaned(message: str) -> str:
    """The message without network addresses, e-mails and one-time links.

    >>> cleaned("Not Found: /account/password/reset/key/3-cx9/ from 203.0.113.7 for a@example.org at 12:30")
    'Not Found: /account/password/reset/key/[key]/ from [address] for [e-mail] at 12:30'
    """
    message = LIKE_AN_ADDRESS.sub(lambda found: "[address]" if is_address(found[0]) else found[0], message)
    return SECRET_PATH.sub(r"\1[key]", MAIL.sub("[e-mail]", message))


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_people": {"()": "kurak.ground.safety.logs.WithoutPeople"}},
    "formatters": {
        "plain": {
            "()": "kurak.ground.safety.logs.Formatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_people"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django mails errors with the whole request in them, and its server prints addresses: both end above.
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
