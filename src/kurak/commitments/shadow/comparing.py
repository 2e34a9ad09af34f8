"""What is new in one edition against another, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from kurak.ground.papers.paper import Block, Grid, Heading, Items, Paper, Prose, plain


@dataclass(frozen=True, slots=True)
class Line:
    """kind: same, gone, new. after: how many lines that are the same were left out before this one."""

    kind: str
    text: str
    after: int = 0


MOST_LINES = 2000  # of one edition, compared by their order; in what is longer only what is new and gone is told
AROUND = 1  # lines that are shown unchanged before and after a change


def compared(old: Paper, new: Paper) -> list[Line]:
    """Only what changed, with one line around it."""
    before, now = list(_lines(old)), list(_lines(new))
    found: list[Line] = []
    if max(len(before), len(now)) > MOST_LINES:
        return _shortened(list(_by_their_words(before, now)))
    for tag, start, end, first, last in SequenceMatcher(None, before, now).get_opcodes():
        if tag == "equal":
            found += [Line("same", text) for text in before[start:end]]
        else:
            found += [Line("gone", text) for text in before[start:end]] + [
                Line("new", text) for text in now[first:last]
            ]
    return _shortened(found)


def _by_their_words(before: list[str], now: list[str]) -> Iterator[Line]:
    """Without looking at their order: anybody may ask for a comparison, so it takes no longer than reading does."""
    there, left = Counter(now), Counter(before)
    yield from (Line("gone", text) for text, many in left.items() for _each in range(many - there[text]))
    for text in now:
        left[text] -= 1
        yield Line("same" if left[text] >= 0 else "new", text)


def _lines(paper: Paper) -> Iterator[str]:
    yield paper.title
    yield from (f"{label}: {value}" for label, value in paper.facts)
    for block in paper.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Prose():
            yield plain(block.spans)
            yield from (plain(span.note) for span in block.spans if span.note)
        case Items():
            yield from map(plain, block.items)
        case Grid():
            yield from (" | ".join(plain(cell).strip() for cell in row) for row in block.rows)


def _shortened(lines: list[Line]) -> list[Line]:
    changed = [at for at, line in enumerate(lines) if line.kind != "same"]
    near = {at + step for at in changed for step in range(-AROUND, AROUND + 1)}
    kept, left_out = [], 0
    for at, line in enumerate(lines):
        if at in near:
            kept.append(Line(line.kind, line.text, left_out))
            left_out = 0
        else:
            left_out += 1
    return kept
