"""Rows into the opinion engine and back: the only place of conversations that calls it. The engine is loaded on first
use, so that starting the platform stays quick."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from django.db import transaction
from django.utils import timezone

from kurak.dialogue.conversations import coverage, reading
from kurak.dialogue.conversations.models import Conversation, Participant, Picture, Statement

if TYPE_CHECKING:
    from kurak.engines import opinion

FEWEST = 10  # people before there is a picture
SMALLEST_GROUP = 5  # what is said of fewer could be said of a person
LISTED = 8  # findings of a kind on a page
OF_PEOPLE = {"participants", "position", "spread", "lean", "group", "confidence", "votes"}
FOR_ALL = 5  # statements of the set that speaks for everyone
MANY = 3000  # people beyond which that set is chosen from a sample
DIRECT = 1 << 62


def redraw(conversation: Conversation) -> Picture | None:
    """Draw the picture anew and keep it, unless another worker was faster."""
    from kurak.engines import opinion

    began = time.monotonic()
    former = Picture.objects.filter(conversation=conversation).first() or Picture(conversation=conversation)
    Picture.objects.filter(conversation=conversation, stale=True).update(stale=False)  # what comes after counts anew
    statements = list(conversation.statements.order_by("number"))
    events, settled = reading.events(conversation)
    votes = collected(conversation, events, statements)
    drawn: dict[str, Any] = {}
    state: Mapping[str, Any] = {}
    if votes.people >= FEWEST:
        left_out = [statement.number for statement in statements if statement.left_out]
        settings = opinion.Settings(smallest=SMALLEST_GROUP, votes=enough(len(statements) - len(left_out)))
        picture = opinion.draw(votes, settings=settings, left_out=left_out, previous=restored(former.state))
        if np.count_nonzero(picture.group >= 0) >= FEWEST:
            drawn, state = shown(picture, votes, statements), picture.state()
            drawn["coverage"] = coverage.counted(conversation)
            drawn["flagged"] = {"people": conversation.participants.filter(weight=0).count()}
    fresh = Picture(
        conversation=conversation, version=former.version + 1, last_vote=settled, drawn_at=timezone.now(),
        seconds=time.monotonic() - began, people=votes.people, votes=len(votes.value), shown=drawn,
        state=packed(state), compass=packed(without_people(state)),
    )  # fmt: skip
    return keep(fresh, former)


def enough(statements: int) -> int:
    """Votes that a person needs to be placed: seven, or half of a short list, so that one statement more does not put
    everybody out of the picture."""
    return min(7, max(2, statements // 2))


@transaction.atomic
def keep(fresh: Picture, former: Picture) -> Picture | None:
    """Compare and set: of two workers that drew the same picture one is kept."""
    if former.pk is None:
        kept, made = Picture.objects.get_or_create(conversation=fresh.conversation, defaults=fields_of(fresh))
        return kept if made else None
    changed = Picture.objects.filter(pk=former.pk, version=former.version).update(**fields_of(fresh))
    fresh.pk = former.pk
    return fresh if changed else None


def fields_of(picture: Picture) -> dict[str, Any]:
    names = ("version", "last_vote", "drawn_at", "seconds", "people", "votes", "shown", "state", "compass")
    return {name: getattr(picture, name) for name in names}


def collected(conversation: Conversation, events: np.ndarray, statements: Sequence[Statement]) -> opinion.Votes:
    """The latest votes. A vote on a merged statement counts for the one it was merged into, unless the person voted on
    that one too."""
    from kurak.engines import opinion

    by_row = {statement.pk: statement for statement in statements}
    kept = {pk: root(statement, by_row) for pk, statement in by_row.items()}
    rows = np.array(sorted(kept), np.int64)
    numbers = np.array([by_row[kept[int(row)]].number for row in rows], np.int64)
    merged = np.array([kept[int(row)] != int(row) for row in rows], bool)
    at = np.searchsorted(rows, events[:, 2])
    order = events[:, 0] + np.where(merged[at], 0, DIRECT) if len(events) else events[:, 0]
    everyone = np.unique(events[:, 1])
    return opinion.collect(
        events[:, 1], numbers[at] if len(events) else events[:, 2], events[:, 3].astype(np.int8), time=order,
        weight=weights(conversation, everyone), statements=[statement.number for statement in statements],
    )  # fmt: skip


def root(statement: Statement, by_row: Mapping[int, Statement]) -> int:
    seen = set()
    while statement.merged_into_id and statement.pk not in seen:
        seen.add(statement.pk)
        statement = by_row[statement.merged_into_id]
    return statement.pk


def weights(conversation: Conversation, everyone: np.ndarray) -> np.ndarray | None:
    unusual = dict(conversation.participants.exclude(weight=1).values_list("pk", "weight"))
    if not unusual:
        return None
    return np.array([unusual.get(int(person), 1.0) for person in everyone])


def shown(picture: opinion.Picture, votes: opinion.Votes, statements: Sequence[Statement]) -> dict[str, Any]:
    """What pages, downloads and editions show: numbers only, no words and nobody's votes."""
    from kurak.engines import opinion

    out = np.array([statement.left_out for statement in statements], bool)
    everybody = opinion.tally(votes, np.zeros(votes.people, np.int64), 1)
    groups = picture.tally if picture.k > 1 else everybody
    found = opinion.findings(groups, out, minimum=SMALLEST_GROUP)
    quilt = opinion.patchwork(picture.position, picture.group, picture.k)
    numbers = [statement.number for statement in statements]
    counted = np.bincount(picture.group[picture.group >= 0], minlength=picture.k)
    return {
        "engine": picture.engine, "k": picture.k, "clear": picture.k > 1,
        "stability": round(float(picture.stability), 2), "people": votes.people, "grouped": int(counted.sum()),
        "votes": len(votes.value), "statements": int((~out).sum()),
        "groups": [
            {"label": g, "people": int(counted[g]), "percent": round(100 * counted[g] / counted.sum()),
             "x": round(float(quilt.centre[g, 0]), 2), "y": round(float(quilt.centre[g, 1]), 2)}
            for g in range(picture.k)
        ],
        "quilt": {
            "columns": quilt.columns, "rows": quilt.rows, "left": quilt.left, "top": quilt.top, "side": quilt.side,
            "patches": np.stack([quilt.column, quilt.row, quilt.group, quilt.level], axis=1).tolist(),
        },
        "rows": table(numbers, everybody, groups),
        "unites": [brief(f, numbers) for f in found.unites if f.said][:LISTED],
        "divides": [brief(f, numbers) for f in found.divides if f.said][:LISTED],
        "stands_for": [[brief(f, numbers) for f in each if f.said][:LISTED] for each in found.characterises],
        "everyone": speaking_for_all(votes, out, numbers),
    }  # fmt: skip


def speaking_for_all(votes: opinion.Votes, out: np.ndarray, numbers: Sequence[int]) -> list[int]:
    """A few statements in which everybody finds something of theirs. Of a large conversation a sample of the people
    is asked, the same one every time."""
    from kurak.engines import opinion

    every = np.unique(np.linspace(0, votes.people - 1, min(MANY, votes.people)).astype(np.int64))
    some = opinion.among(votes, every)
    agrees = opinion.approvals(some, opinion.bridging(some))
    chosen = opinion.proportional(agrees, FOR_ALL, left_out=out, weight=some.weight)
    return [numbers[column] for column in chosen.statements]


def table(numbers: Sequence[int], everybody: opinion.Tally, groups: opinion.Tally) -> list[dict[str, Any]]:
    """Counts of each statement, of all and of each group: agrees, disagrees, all votes."""
    whole = np.stack([everybody.agree, everybody.disagree, everybody.seen], axis=-1).round().astype(int)[0]
    parts = np.stack([groups.agree, groups.disagree, groups.seen], axis=-1).round().astype(int)
    return [
        {"number": number, "all": whole[j].tolist(), "groups": parts[:, j].tolist()} for j, number in enumerate(numbers)
    ]


def brief(finding: Any, numbers: Sequence[int]) -> dict[str, Any]:
    return {
        "statement": numbers[finding.statement], "group": finding.group, "against": finding.against,
        "side": "agree" if finding.agrees else "disagree", "n": round(float(finding.seen)),
        "size": round(finding.size, 4), "low": round(finding.low, 4), "high": round(finding.high, 4),
        "adjusted": float(f"{finding.adjusted:.3g}"),
    }  # fmt: skip


@lru_cache(maxsize=65_536)
def interval(count: int, n: int) -> tuple[float, float]:
    """Between what shares the truth lies, in nine of ten cases, when so many of n agree."""
    from kurak.engines.opinion.intervals import wilson

    low, high = wilson(np.array(count), np.array(n))
    return float(low), float(high)


def packed(state: Mapping[str, Any]) -> bytes:
    """The engine's state as an npz file without pickles."""
    if not state:
        return b""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **{name: np.asarray(value) for name, value in state.items()})
    return file.getvalue()


def without_people(state: Mapping[str, Any]) -> dict[str, Any]:
    """What is needed to place one more person: small, however many people there are."""
    return {name: np.asarray(value)[:0] if name in OF_PEOPLE else value for name, value in state.items()}


def restored(stored: bytes | memoryview | None) -> opinion.Picture | None:
    """The engine's picture; none where there is none yet or it is of another time, so that drawing begins anew."""
    from kurak.engines import opinion

    if not stored:
        return None
    try:
        with np.load(io.BytesIO(bytes(stored)), allow_pickle=False) as file:
            return opinion.Picture.restore(dict(file))
    except (ValueError, KeyError, OSError, BadZipFile):
        return None


def place_of(participant: Participant, picture: Picture | None) -> dict[str, Any] | None:
    """Where a participant stands in the picture, from their votes up to now."""
    from kurak.engines import opinion

    drawn = restored(picture.compass) if picture else None
    cast = list(participant.votes.filter(latest=True).values_list("statement__number", "value"))
    if drawn is None or not cast:
        return None
    numbers, values = zip(*cast, strict=True)
    place = opinion.place(drawn, numbers, values)
    x, y = place.position
    return {"x": float(x), "y": float(y), "group": int(place.group), "confidence": float(place.confidence)}


def chances(statements: Sequence[Any], picture: Picture | None) -> dict[int, float]:
    """The probability of each unanswered statement to be shown next, by row number."""
    from kurak.engines import opinion

    rows = {row["number"]: row for row in (picture.shown if picture else {}).get("rows", [])}
    width = max([len(row["groups"]) for row in rows.values()], default=1)
    nothing = [[0, 0, 0]] * width
    counts = np.array([rows.get(each.number, {"groups": nothing})["groups"] for each in statements], np.int64)
    if not len(statements):
        return {}
    counted = opinion.Tally(*(counts[:, :, column].T for column in range(3)))
    meta = [statement.is_meta for statement in statements]
    routing = opinion.route(counted, np.ones(len(statements), bool), meta=meta)
    return {each.pk: float(p) for each, p in zip(statements, routing.probabilities, strict=True)}


def drawn_by_lot(statements: Sequence[Any], picture: Picture | None, count: int) -> list[tuple[Any, float]]:
    """So many different statements, each drawn by the chances of those that are left, with its probability. Rows will
    do that have a statement's pk, number and is_meta."""
    left, drawn = list(statements), list[tuple[Any, float]]()
    odds = chances(left, picture)
    while left and len(drawn) < count:
        total = sum(odds[each.pk] for each in left) or 1.0
        chosen = random.choices(left, weights=[odds[each.pk] + 1e-12 for each in left])[0]
        drawn.append((chosen, odds[chosen.pk] / total))
        left.remove(chosen)
    return drawn
