"""One database: the undisturbed run, then the run with kills. `python -m bench.load` starts this."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections import Counter

from bench.load.__main__ import options
from bench.load.platform import Platform
from bench.load.voters import Ledger, voting


def main() -> int:
    chosen = options().parse_args()
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if chosen.streams + 500 > hard:
        raise SystemExit(f"{chosen.streams} streams need more open files than this machine allows ({hard}).")
    with Platform() as platform:
        import django

        django.setup()
        from django.db import connection

        print(
            f"\n== {connection.vendor}, {os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before",
            flush=True,
        )
        good = undisturbed(platform, chosen)
        if chosen.kills:
            good &= with_kills(platform, chosen)
        print(f"load average {os.getloadavg()[0]:.1f} after", flush=True)
    return 0 if good else 1


def undisturbed(platform: Platform, chosen) -> bool:
    slug = a_conversation("load", chosen.statements)
    print(f"-- {chosen.streams} streams, {chosen.rate:g} votes offered a second for {chosen.seconds:g} s", flush=True)
    with Streams(platform.port + 1, slug, chosen.streams) as streams:
        before = platform.processor()
        ledger = vote(platform, chosen, slug, chosen.rate, chosen.seconds)
        spent = {name: round(after - before[name], 1) for name, after in platform.processor().items()}
        tell(ledger)
        print(f"   memory MB {platform.memory()}  processor s {spent}")
        time.sleep(6)  # the last picture
    print(f"   streams {streams.figures}")
    return check(slug, ledger)


def with_kills(platform: Platform, chosen) -> bool:
    slug = a_conversation("crash", chosen.statements)
    seconds = chosen.kills * chosen.kill_every + 4
    print(
        f"-- {chosen.kills} kills of the pages, {chosen.crash_rate:g} votes offered a second for {seconds:g} s",
        flush=True,
    )
    killed: list[bool] = []
    stop = threading.Event()

    def kill() -> None:
        while len(killed) < chosen.kills and not stop.wait(chosen.kill_every):
            killed.append(platform.kill_pages())

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with Streams(platform.port + 1, slug, chosen.streams) as streams:
            ledger = vote(platform, chosen, slug, chosen.crash_rate, seconds)
            time.sleep(6)
    finally:
        stop.set()
        killer.join()
    tell(ledger)
    print(f"   killed {sum(killed)} times, {ledger.retries} requests sent again\n   streams {streams.figures}")
    return check(slug, ledger)


def vote(platform: Platform, chosen, slug: str, rate: float, seconds: float) -> Ledger:
    return asyncio.run(
        voting(
            platform.port, slug, rate=rate, seconds=seconds, statements=chosen.statements,
            votes_each=chosen.votes_each, read_cards=chosen.read_cards,
        )
    )  # fmt: skip


def a_conversation(slug: str, statements: int) -> str:
    """Open to everybody, with so many accepted statements."""
    from kurak.dialogue.conversations.models import Conversation, Statement
    from kurak.ground.languages.text import Text
    from kurak.ground.places.models import Place

    place = Place.objects.filter(kind=Place.Kind.WORLD).first()
    conversation = Conversation.objects.create(
        slug=slug, question=Text("en", "What should change?"), place=place, phase=Conversation.Phase.OPEN
    )
    Statement.objects.bulk_create(
        Statement(conversation=conversation, number=n, text=Text("en", f"Statement {n} of the load run."), status=1)
        for n in range(statements)
    )
    return slug


def tell(ledger: Ledger) -> None:
    waits, visits = sorted(ledger.waits), sorted(ledger.visits)
    took = ledger.ended - ledger.began
    at = lambda values, share: f"{1000 * values[int(len(values) * share)]:.0f}" if values else "-"  # noqa: E731
    print(
        f"   {len(ledger.votes):,} votes acknowledged in {took:.1f} s: {len(ledger.votes) / took:.0f} a second\n"
        f"   wait ms p50 {at(waits, 0.5)}  p90 {at(waits, 0.9)}  p99 {at(waits, 0.99)}  max {at(waits, 0.99999)}\n"
        f"   {len(visits):,} visits of the page: ms p50 {at(visits, 0.5)}  p99 {at(visits, 0.99)}",
        flush=True,
    )


def check(slug: str, ledger: Ledger) -> bool:
    """Every acknowledged vote is in the database once, with its value, and nothing else is."""
    from django.db import connection

    from kurak.dialogue.conversations import keys
    from kurak.dialogue.conversations.models import Conversation

    connection.close()
    conversation = Conversation.objects.get(slug=slug)
    rows = conversation.votes.values_list("participant__digest", "statement__number", "value", "latest")
    stored = Counter((digest, number, value) for digest, number, value, _latest in rows)
    digests = {key: keys.digest_of(conversation, key) for key, _statement in ledger.votes}
    acknowledged = Counter((digests[key], statement, value) for (key, statement), value in ledger.votes.items())
    lost, extra = acknowledged - stored, stored - acknowledged
    print(
        f"   rows in the database {stored.total():,}, votes acknowledged {acknowledged.total():,}: "
        f"{lost.total()} lost, {extra.total()} doubled or unknown",
        flush=True,
    )
    return not lost and not extra


class Streams:
    """The listeners, in a process of their own."""

    def __init__(self, port: int, slug: str, count: int) -> None:
        self.command = [sys.executable, "-m", "bench.load.listeners", str(port), slug, str(count)]
        self.figures: dict[str, object] = {}

    def __enter__(self) -> Streams:
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        print(f"   {self.process.stdout.readline().strip()} streams", flush=True)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.process.kill()
            return
        out, _ = self.process.communicate(timeout=60)
        self.figures = json.loads(out.strip().splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
