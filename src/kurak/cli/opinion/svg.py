"""The picture as a quilt: each patch is a place where people stand, each group has its cloth. Plain SVG, no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from kurak.cli.opinion.drawing import Drawing
from kurak.engines.opinion.patchwork import Patchwork, patchwork

FELT, STITCH, INK = "#f6f0e4", "#d9cdb6", "#2b2a33"
CLOTHS = ("#0f8b8d", "#e0a11b", "#b5352c", "#3d3a78", "#7a9a3a", "#8a4f7d", "#c86f2e", "#4f7cac")
PATCH, MARGIN, TITLE, LINE = 20, 24, 68, 22


def svg_of(drawing: Drawing) -> str:
    """An image of its own: title and description for those who do not see it, colours and letters for those who do."""
    title = "Who thinks alike"
    if not np.any(drawing.group >= 0):
        return _page(480, 160, title, "Nobody has a group yet.", [_text(MARGIN, TITLE, "Nobody has a group yet.")])
    quilt = patchwork(drawing.position, drawing.group, drawing.k)
    people = np.bincount(drawing.group[drawing.group >= 0], minlength=drawing.k).tolist()
    counted = f"{_people(drawing.votes.people)}, {drawing.votes.width:,} statements"
    said = [f"Group {n}: {_people(p)}" for n, p in zip(drawing.names, people, strict=True)]
    width, height = max(quilt.columns * PATCH, 360) + 2 * MARGIN, quilt.rows * PATCH
    description = (
        "A quilt. Each patch is a place in the plane of opinions, the fuller the more people stand there; "
        f"people on near patches vote alike. In all {counted}. {'. '.join(said)}."
    )
    body = [
        _text(MARGIN, 30, title, size=20),
        _text(MARGIN, 52, counted),
        f'<g transform="translate({MARGIN} {TITLE})">',
        f'<rect width="{quilt.columns * PATCH}" height="{height}" fill="{FELT}"/>',
        f'<path d="{_seams(quilt)}" stroke="{STITCH}" stroke-dasharray="3 3" fill="none"/>',
        *_patches(quilt),
        *_labels(quilt, drawing.names),
        "</g>",
        *_legend(said, TITLE + height + 34),
    ]
    return _page(width, TITLE + height + 34 + LINE * len(said), title, description, body)


def _page(width: int, height: int, title: str, description: str, body: list[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="title description" font-family="Noto Sans, sans-serif" fill="{INK}">'
    )
    told = [f'<title id="title">{escape(title)}</title>', f'<desc id="description">{escape(description)}</desc>']
    return "\n".join([head, *told, f'<rect width="{width}" height="{height}" fill="#fffdf8"/>', *body, "</svg>", ""])


def _seams(quilt: Patchwork) -> str:
    upright = "".join(f"M{c * PATCH} 0v{quilt.rows * PATCH}" for c in range(quilt.columns + 1))
    return upright + "".join(f"M0 {r * PATCH}h{quilt.columns * PATCH}" for r in range(quilt.rows + 1))


def _patches(quilt: Patchwork) -> Iterator[str]:
    """One path a group; patches of the second fullness are triangles, so that two of them make a square."""
    for g in range(len(quilt.centre)):
        mine = np.flatnonzero(quilt.group == g)
        path = "".join(_patch(int(quilt.column[i]), int(quilt.row[i]), int(quilt.level[i])) for i in mine)
        colour = CLOTHS[g % len(CLOTHS)]
        yield f'<path d="{path}" fill="{colour}" fill-rule="evenodd" stroke="{FELT}" stroke-width="1"/>'


def _patch(column: int, row: int, level: int) -> str:
    x, y, s, h = column * PATCH, row * PATCH, PATCH, PATCH // 2
    if level == 1:  # a small square on its corner
        return f"M{x + h} {y + h // 2}l{h // 2} {h // 2}l{-h // 2} {h // 2}l{-h // 2} {-h // 2}z"
    if level == 2:
        return f"M{x} {y}h{s}l{-s} {s}z" if (column + row) % 2 else f"M{x} {y}l{s} {s}h{-s}z"
    square = f"M{x} {y}h{s}v{s}h{-s}z"
    return square if level == 3 else f"{square}M{x + h} {y + 5}l5 5l-5 5l-5 -5z"


def _labels(quilt: Patchwork, names: tuple[str, ...]) -> Iterator[str]:
    for (x, y), name in zip((quilt.centre * PATCH).round(1).tolist(), names, strict=True):
        yield f'<circle cx="{x}" cy="{y}" r="13" fill="#fffdf8" stroke="{INK}" stroke-width="1.5"/>'
        yield _text(x, y + 5, name[:3], size=14, middle=True)


def _legend(said: list[str], top: int) -> Iterator[str]:
    for i, words in enumerate(said):
        y = top + LINE * i
        yield f'<path d="M{MARGIN} {y - 12}h14v14h-14z" fill="{CLOTHS[i % len(CLOTHS)]}"/>'
        yield _text(MARGIN + 22, y, words)


def _text(x: float, y: float, words: str, *, size: int = 14, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{anchor}>{escape(words)}</text>'


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
