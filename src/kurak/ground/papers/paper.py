"""What a paper is made of. Plain data: it can be stored, hashed and compared, and written in any form later."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kurak.ground.languages.declared import BY_CODE

type Spans = Sequence[Span]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words of one kind. A note is printed at the foot of the page and numbered by the writer."""

    text: str
    language: str = ""  # empty: the paper's own
    bold: bool = False
    italic: bool = False
    url: str = ""
    note: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1  # 1..4
    language: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    spans: tuple[Span, ...]
    style: Literal["plain", "quote", "small", "lead"] = "plain"

    @property
    def language(self) -> str:
        return self.spans[0].language if self.spans else ""


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[tuple[Span, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: every row as long as the head. widths: shares of the page, by default all the same."""

    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.head):
                raise ValueError(f"row {number} has {len(row)} cells, the head has {len(self.head)}")


type Block = Heading | Prose | Items | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    language: str
    blocks: tuple[Block, ...] = ()
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # under the title: period, place, edition, who signs
    dated: dt.date | None = None
    foot: str = ""  # at the foot of every page: how it is cited
    contents: str = ""  # heading of the list of contents; empty: none
    words: dict[str, str] = field(default_factory=dict)  # what the writers themselves say, translated: "page"

    @property
    def right_to_left(self) -> bool:
        return is_right_to_left(self.language)


def is_right_to_left(language: str) -> bool:
    return language in BY_CODE and BY_CODE[language].right_to_left


def plain(spans: Spans) -> str:
    """
    >>> plain([Span("Clean "), Span("water", bold=True)])
    'Clean water'
    """
    return "".join(span.text for span in spans)


def counted(paper: Paper) -> int:
    """How many words a reader counts: headings, prose, lists and tables, without the notes.

    >>> counted(Paper("A title", "en", (Heading("Clean water"), Prose((Span("It is late."),)))))
    5
    """
    return sum(len(text.split()) for block in paper.blocks for text in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Prose():
            yield plain(block.spans)
        case Items():
            yield from map(plain, block.items)
        case Grid():
            yield from block.head
            yield from (plain(cell) for row in block.rows for cell in row)


PIECE = 100  # letters that a block or a run of words weighs by itself, however short it is


def weight(paper: Paper) -> int:
    """How much there is to write: letters with the notes, and what each piece costs. 600,000 take a second."""
    return sum(PIECE + _weight(spans) for block in paper.blocks for spans in _written(block))


def _weight(spans: Spans) -> int:
    return sum(PIECE + len(span.text) + _weight(span.note) for span in spans)


def _written(block: Block) -> Iterator[Spans]:
    match block:
        case Heading():
            yield (Span(block.text),)
        case Prose():
            yield block.spans
        case Items():
            yield from block.items
        case Grid():
            yield from (cell for row in block.rows for cell in row)


# What no file can hold, and letters that turn around what comes after them, past the end of their own words.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")
LONGEST_ADDRESS = 2000
ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f]+")


def readable(text: str) -> str:
    """
    >>> readable("a\\x0bb\\u202e\\uffff")
    'ab'
    """
    return UNWRITABLE.sub("", text)


def linked(url: str) -> str:
    """The address, where it is one of the web that every writer takes; else nothing: the words stay, the link does not.

    >>> linked("https://example.org/a"), linked("javascript:alert(1)"), linked("https://a/" + "a" * 9000)
    ('https://example.org/a', '', '')
    """
    url = readable(url)
    return url if len(url) <= LONGEST_ADDRESS and ADDRESS.fullmatch(url) else ""
