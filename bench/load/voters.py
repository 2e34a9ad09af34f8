"""Voters come one after another on a fixed number of lines; votes fall due at a fixed rate, whether or not the server
keeps up. A vote's wait is counted from the moment it was due, so that no stall hides behind those who wait."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

from bench.load.browser import Browser, Line

LINES = 64
CARDS = 5


@dataclass(slots=True)
class Ledger:
    """What the server has acknowledged."""

    votes: dict[tuple[str, int], int] = field(default_factory=dict)  # {(key, statement): value}
    waits: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    retries: int = 0
    began: float = 0.0
    ended: float = 0.0


class Clock:
    """When the next vote is due."""

    def __init__(self, rate: float, seconds: float) -> None:
        self.rate, self.start = rate, time.monotonic() + 0.2
        self.until, self.given = self.start + seconds, 0

    def next(self) -> float | None:
        due = self.start + self.given / self.rate
        self.given += 1
        return due if due < self.until else None


def opinions(number: int, statements: int, chance: random.Random) -> list[tuple[int, int]]:
    """One of three camps, with a mind of one's own in one vote of five."""
    camp = number % 3
    order = chance.sample(range(statements), statements)
    return [(each, chance.choice((-1, 0, 1)) if chance.random() < 0.2 else (each * 7 + camp) % 3 - 1) for each in order]


async def voting(
    port: int, slug: str, *, rate: float, seconds: float, statements: int, votes_each: int, read_cards: bool
) -> Ledger:
    ledger, chance = Ledger(), random.Random(7)
    numbers = iter(range(10**9))
    first = [Browser(Line(port), slug) for _ in range(LINES)]
    for voter in first:
        await voter.visit()
    clock = Clock(rate, seconds)
    ledger.began = clock.start

    async def line(voter: Browser) -> None:
        connection = voter.line
        while True:
            for count, (statement, value) in enumerate(opinions(next(numbers), statements, chance)[:votes_each]):
                due = clock.next()
                if due is None:
                    ledger.retries += voter.tries
                    connection.hang_up()
                    return
                await asyncio.sleep(max(due - time.monotonic(), 0))
                await voter.vote(statement, value)
                ledger.waits.append(time.monotonic() - due)
                ledger.votes[voter.cookies["participant"], statement] = value
                if read_cards and count % CARDS == CARDS - 1:
                    await voter.read_cards()
            ledger.retries += voter.tries
            voter = Browser(connection, slug)
            began = time.monotonic()
            await voter.visit()
            ledger.visits.append(time.monotonic() - began)

    await asyncio.gather(*map(line, first))
    ledger.ended = time.monotonic()
    return ledger
