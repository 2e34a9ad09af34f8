"""How often somebody may do something: per participant or per account, never per network address.

An address is shared by a village or a mobile operator, and storing it would put people at risk; so there is no limit
that a stranger without a key or account can meet. What that leaves open is written in docs/explanation/safety.md."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kurak.ground.errors import TooMany
from kurak.ground.safety.models import Allowance
from kurak.ground.safety.sealing import mark_of


@dataclass(frozen=True, slots=True)
class Limit:
    times: int
    seconds: int
    why: str


LIMITS = {
    "sign_in": Limit(10, 300, "Failed passwords for one account name: guessing takes years, and a lock-out minutes."),
    "statement": Limit(5, 600, "Statements one participant writes: enough for thoughts, too few for a flood."),
    "vote": Limit(120, 60, "Votes of one participant: twice as fast as anybody can read."),
    "guest_code": Limit(10, 600, "Guest codes tried in one conversation with one key."),
    "appeal": Limit(5, 3600, "Appeals of one participant."),
    "export": Limit(30, 3600, "Downloads of restricted lists by one member of staff."),
    "grant": Limit(30, 3600, "Roles one coordinator gives or takes: a stolen account cannot hand out the house."),
    "assessment": Limit(20, 86400, "Assessments one member opens: more than any organisation has programmes."),
    "account": Limit(100, 86400, "Accounts one person writes: a whole convention in a day, and no flood."),
    "reply": Limit(60, 3600, "Questions and replies of one person."),
    "evidence": Limit(60, 3600, "Pieces of evidence one person adds: a file for every question within an hour."),
}


def allow(key: str, name: str, times: int | None = None, seconds: int | None = None) -> bool:
    """Counts one more, and says whether it is still within the limit. Atomic: one statement, on both databases.

    `key` says who, such as `participant:12`; only a keyed digest of it is stored, until the span is over."""
    limit = LIMITS.get(name)
    times, seconds = times or (limit.times if limit else 1), seconds or (limit.seconds if limit else 60)
    now = int(time.time())
    row = _digest(key, name)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Allowance._meta.db_table} AS a (key, used, ends) VALUES (%s, 1, %s) "  # noqa: S608
            "ON CONFLICT (key) DO UPDATE SET "
            "used = CASE WHEN a.ends <= %s THEN 1 ELSE a.used + 1 END, "
            "ends = CASE WHEN a.ends <= %s THEN %s ELSE a.ends END RETURNING used",
            [row, now + seconds, now, now, now + seconds],
        )
        return cursor.fetchone()[0] <= times


def require(key: str, name: str) -> None:
    """Like `allow`, and refuses with a sentence."""
    if not allow(key, name):
        minutes = max(1, LIMITS[name].seconds // 60)
        sentence = _("That was too often. Wait %(minutes)d minutes and try again.") % {"minutes": minutes}
        raise TooMany("limit.reached", sentence, limit=name, minutes=minutes)


def give_back(key: str, name: str) -> None:
    """Takes back the count of an attempt that was right after all."""
    with connection.cursor() as cursor:
        table = Allowance._meta.db_table
        cursor.execute(f"UPDATE {table} SET used = used - 1 WHERE key = %s AND used > 0", [_digest(key, name)])  # noqa: S608


def forget_ended() -> int:
    """Deletes the rows whose span is over; returns how many."""
    return Allowance.objects.filter(ends__lte=int(time.time())).delete()[0]


def _digest(key: str, name: str) -> str:
    return hashlib.sha256(mark_of("limit", f"{name}:{key}").encode()).hexdigest()
