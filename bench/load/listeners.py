"""Thousands of open live streams in a process of their own. Each notes when a picture came and when it was drawn."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from dataclasses import dataclass, field

NEWS = re.compile(rb'"version": (\d+), "drawn": ([0-9.]+)')
AT_ONCE = 100  # streams that are opened together


@dataclass
class Heard:
    opened: int = 0
    lost: int = 0
    events: int = 0
    bytes: int = 0
    late: list[float] = field(default_factory=list)  # seconds from drawn to heard
    ages: list[float] = field(default_factory=list)  # age of the former picture when the next one came
    versions: set[int] = field(default_factory=set)


class Stream(asyncio.Protocol):
    """One listener. It looks at the beginning of an event only."""

    def __init__(self, request: bytes, heard: Heard) -> None:
        self.request, self.heard = request, heard
        self.tail = b""
        self.drawn = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport) -> None:
        self.heard.opened += 1
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.heard.bytes += len(data)
        looked = self.tail + data
        for match in NEWS.finditer(looked):
            self.hear(int(match[1]), float(match[2]))
            self.tail = b""
            looked = looked[match.end() :]
        self.tail = looked[-60:]

    def hear(self, version: int, drawn: float) -> None:
        now = time.time()
        self.heard.events += 1
        self.heard.versions.add(version)
        self.heard.late.append(now - drawn)
        if self.drawn:
            self.heard.ages.append(now - self.drawn)
        self.drawn = drawn

    def connection_lost(self, _problem) -> None:
        self.heard.opened -= 1
        self.heard.lost += 1
        if not self.done.done():
            self.done.set_result(None)


async def keep_listening(port: int, slug: str, heard: Heard) -> None:
    """As a browser does: opens its stream again when it is lost."""
    request = f"GET /live/{slug}/?lang=en HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    while True:
        try:
            _transport, stream = await loop.create_connection(lambda: Stream(request, heard), "127.0.0.1", port)
            await stream.done
        except OSError:
            pass
        await asyncio.sleep(1)


def told(heard: Heard) -> str:
    waits, ages = sorted(heard.late), sorted(heard.ages)
    at = lambda values, share: round(values[min(int(len(values) * share), len(values) - 1)], 3) if values else None  # noqa: E731
    return json.dumps({
        "open": heard.opened, "lost": heard.lost, "events": heard.events, "pictures": len(heard.versions),
        "megabytes": round(heard.bytes / 1e6, 1), "heard_p50": at(waits, 0.5), "heard_p99": at(waits, 0.99),
        "age_p50": at(ages, 0.5), "age_p99": at(ages, 0.99), "age_max": at(ages, 1.0),
    })  # fmt: skip


async def main(port: int, slug: str, count: int) -> None:
    """Says "open N" when all are open; a line on stdin forgets what was heard, its end brings the figures."""
    heard = Heard()
    listeners = []
    for number in range(count):
        listeners.append(asyncio.create_task(keep_listening(port, slug, heard)))
        if number % AT_ONCE == AT_ONCE - 1:
            await asyncio.sleep(0.2)
    for _ in range(300):
        if heard.opened >= count:
            break
        await asyncio.sleep(0.1)
    print(f"open {heard.opened}", flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        heard.events = heard.bytes = heard.lost = 0
        heard.late, heard.ages, heard.versions = [], [], set()
    print(told(heard), flush=True)
    for listener in listeners:
        listener.cancel()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
