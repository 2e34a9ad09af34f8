"""What a verification found, as lines for people and as JSON for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from kurak.cli.index.finding import told
from kurak.cli.index.verifying import Compared, Off, Verified
from kurak.instruments.definitions.files import Sheet
from kurak.instruments.definitions.flattening import flat
from kurak.instruments.definitions.layouts import ROUNDING

SHOWN = 10  # rows listed for each node
_PLURAL = {"score": "scores", "rank": "ranks", "class": "classes", "arrow": "values"}


def lines_of(found: Verified, sheets: list[Sheet], left_out: int) -> Iterator[str]:
    document = found.definition.document
    yield f"{told(document['title'])}, {found.definition.code}-{found.definition.edition} ({label_of(found)})"
    files = ", ".join(sheet.name for sheet in sheets)
    out = f"; {left_out:,} rows left out by the layout" if left_out else ""
    yield f"{files}: {found.rows:,} rows, read as {found.layout.name!r}{out}"
    yield from (f"  note: {sheet.name}: {note}" for sheet in sheets for note in sheet.notes)
    yield ""
    width = max([len(each.node) for each in found.compared] + [4])
    yield f"{'node':<{width}}  what     rows  largest error  tolerance    off  known"
    for each in found.compared:
        size = f"{_number(each.largest):>13}"
        tolerance = _number(each.tolerance) if each.of == "score" else "exact"
        yield (
            f"{each.node:<{width}}  {each.of:<5}  {each.rows:>6,}  {size}  {tolerance:>9}  "
            f"{len(each.off):>5,}  {len(each.excepted):>5,}"
        )
    yield from _whole(found)
    for each in found.compared:
        if each.parted:
            yield f"\nTied: {each.parted:,} of the ranks of {each.node}: among units whose printed scores are equal,"
            yield "  unpublished decimals say which of them comes first."
        if each.bare:
            more = f"{each.bare:,} more {_PLURAL[each.of]} of {each.node}"
            yield f"\nNot recomputable: {more} have nothing published below them."
    if found.layout.why:
        yield f"\nWhy this tolerance: {told(found.layout.why)}"
    if any(each.of != "score" for each in found.compared) and found.layout.compare == "published":
        yield "Ranks and classes are formed from the published scores, as the publisher forms them."
    yield from _known(found)
    yield from _off(found)
    yield ""
    yield verdict(found)


def verdict(found: Verified) -> str:
    off = sum(len(each.off) for each in found.compared)
    known = sum(len(each.excepted) for each in found.compared)
    cells = sum(each.rows for each in found.compared)
    also = f", {known:,} known to differ" if known else ""
    if not cells:
        return "Nothing could be compared: the columns of published values are empty."
    if found.held:
        return f"Held: {cells:,} published values recomputed, none off{also}."
    return f"Did not hold: {off:,} of {cells:,} published values are off{also}."


def _whole(found: Verified) -> Iterator[str]:
    further = [
        each for each in found.compared
        if each.whole is not None and each.whole > max(each.tolerance, each.largest) * 1.001 + 1e-9
    ]  # fmt: skip
    if further:
        yield ""
        yield "Each node was computed from what is published below it. From the bottom up, errors add up to:"
        yield "  " + ", ".join(f"{each.node} {_number(each.whole or 0.0)}" for each in further)


def _known(found: Verified) -> Iterator[str]:
    for each in found.compared:
        if each.excepted:
            far = max((row.error for row in each.excepted if math.isfinite(row.error)), default=0.0)
            known = f"{len(each.excepted):,} of {each.rows:,} {_PLURAL[each.of]} of {each.node}"
            yield f"\nKnown to differ: {known}, by up to {_number(far)}"
            yield f"  {told(each.why_excepted)}"


def _off(found: Verified) -> Iterator[str]:
    for each in found.compared:
        if not each.off:
            continue
        yield f"\nOff: {len(each.off):,} of {each.rows:,} {_PLURAL[each.of]} of {each.node} (column {each.column})"
        for row in each.off[:SHOWN]:
            yield f"  {_row(row)}"
        if len(each.off) > SHOWN:
            yield f"  ... and {len(each.off) - SHOWN:,} more; --json lists all"


def _row(row: Off) -> str:
    where = f"{row.place[0]}, line {row.place[1]}, column {row.place[2]}: " if row.place else ""
    unit = f"{row.unit} in {row.period}" if row.period else row.unit
    computed = f"not computed ({row.why})" if row.why else f"computed {_value(row.computed)}"
    return f"{where}{unit}: published {_value(row.published)}, {computed}"


def _value(value: Any) -> str:
    if isinstance(value, float):
        return "nothing" if math.isnan(value) else f"{value:.7g}"
    return str(value) if str(value) else "nothing"


def _number(value: float) -> str:
    return "0" if abs(value) < 5e-13 else f"{value:.2g}"


def label_of(found: Verified) -> str:
    return str(found.definition.declaration.label)


def json_of(found: Verified, sheets: list[Sheet], left_out: int, sums: dict[str, str]) -> dict[str, Any]:
    items = flat(found.definition.document)
    return {
        "index": found.definition.code,
        "edition": found.definition.edition,
        "declaration": found.definition.declaration.checksum,
        "label": label_of(found),
        "files": [{"name": sheet.name, "sha256": sums.get(sheet.name), "notes": sheet.notes} for sheet in sheets],
        "layout": found.layout.name,
        "rows": found.rows,
        "left_out": left_out,
        "held": found.held,
        "verdict": verdict(found),
        "why_tolerance": told(found.layout.why),
        "nodes": [_compared(each, told(items.get(each.node, {}).get("title")), found) for each in found.compared],
    }


def _compared(each: Compared, title: str, found: Verified) -> dict[str, Any]:
    stated = found.layout.tolerance.get(each.node) == ROUNDING and each.of == "score"
    return {
        "node": each.node,
        "title": title,
        "of": each.of,
        "column": each.column,
        "rows": each.rows,
        "largest_error": _json(each.largest),
        "largest_error_from_the_bottom": _json(each.whole),
        "tolerance": each.tolerance,
        "tolerance_from_rounding": stated,
        "held": each.held,
        "off": [_off_json(row) for row in each.off],
        "known_to_differ": [_off_json(row) for row in each.excepted],
        "why_known": told(each.why_excepted),
        "computed_but_not_published": each.extra,
        "nothing_published_below": each.bare,
        "inside_ties_of_printed_scores": each.parted,
    }


def _off_json(row: Off) -> dict[str, Any]:
    file, line, column = row.place or (None, None, None)
    return {
        "unit": row.unit, "period": row.period, "published": _json(row.published), "computed": _json(row.computed),
        "error": _json(row.error), "file": file, "line": line, "column": column, "why": row.why,
    }  # fmt: skip


def _json(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
