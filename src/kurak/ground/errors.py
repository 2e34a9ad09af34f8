"""One family of refusals: a stable code, the data, and a sentence that says what to do next."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A thing that was asked for and cannot be done. Pages, API and command line each show it in their own shape."""

    status = 400

    def __init__(self, code: str, sentence: Any, /, **data: Any) -> None:
        super().__init__(code)
        self.code, self.sentence, self.data = code, sentence, data

    def __str__(self) -> str:
        return str(self.sentence)


class Forbidden(Refused):
    status = 403


class Missing(Refused):
    status = 404


class TooMany(Refused):
    status = 429
