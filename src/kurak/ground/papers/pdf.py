"""A paper as PDF: tagged, in every script of the region, with fonts of our own and nothing from the machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.papers.paper import (
    Block,
    Grid,
    Heading,
    Items,
    Paper,
    Prose,
    Spans,
    is_right_to_left,
    linked,
    readable,
)
from kurak.ground.publishing.citing import PUBLISHER

HERE = Path(__file__).parent


def pdf(paper: Paper) -> bytes:
    """The same paper gives the same bytes: its date is printed, the clock is not."""
    made: bytes = typst.compile(
        HERE / "paper.typ",
        root=HERE,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_told(paper), ensure_ascii=False)},
        timestamp=0,
    )
    return made


def _told(paper: Paper) -> dict[str, Any]:
    return {
        "title": readable(paper.title),
        "author": PUBLISHER,
        "subtitle": readable(paper.subtitle),
        "language": _language(paper.language),
        "facts": [[readable(said) for said in fact] for fact in paper.facts],
        "foot": readable(paper.foot),
        "contents": paper.contents,
        "blocks": [_block(block, paper.language) for block in paper.blocks],
    }


def _block(block: Block, own: str) -> dict[str, Any]:
    match block:
        case Heading():
            language = _language(block.language or own)
            return {"kind": "heading", "level": block.level, "text": readable(block.text), "language": language}
        case Prose():
            spans = _spans(block.spans, own)
            return {"kind": "prose", "style": block.style, "spans": spans, "language": _language(block.language or own)}
        case Items():
            return {"kind": "items", "numbered": block.numbered, "items": [_spans(item, own) for item in block.items]}
        case Grid():
            return _grid(block, own)


def _grid(block: Grid, own: str) -> dict[str, Any]:
    rows = [[{"spans": _spans(cell, own)} for cell in row] for row in block.rows]
    widths = list(block.widths or [1] * len(block.head))
    return {
        "kind": "grid",
        "head": list(map(readable, block.head)),
        "rows": rows,
        "caption": readable(block.caption),
        "widths": widths,
    }


def _spans(spans: Spans, own: str) -> list[dict[str, Any]]:
    return [
        {
            "text": readable(span.text),
            "bold": span.bold,
            "italic": span.italic,
            "url": linked(span.url),
            "language": _language(span.language or own),
            "note": _spans(span.note, own),
        }
        for span in spans
    ]


def _language(code: str) -> dict[str, Any]:
    """typst knows two-letter codes: Dari is written as Persian."""
    cldr = BY_CODE[code].cldr if code in BY_CODE else code
    return {"code": cldr.partition("_")[0], "rtl": is_right_to_left(code)}
