"""The least change that lifts a unit of a table into the next class."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from typing import Any

from kurak.cli.index.finding import told
from kurak.cli.index.scoring import prepared_for
from kurak.cli.index.tables import unusable
from kurak.cli.problems import Problem
from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.rising import rise
from kurak.instruments.results.plain import plain_path


def path(chosen: argparse.Namespace) -> int:
    definition, declaration, table, given = prepared_for(chosen)
    if declaration.nodes[declaration.root].classes is None:
        said = f"{definition.code}-{definition.edition} has no classes, so there is no next one"
        raise Problem("index.no-classes", said, "kurak index show says which have")
    if table.periods and chosen.period_of is None:
        raise Problem("index.period", "the data have several periods", "say which with --in, such as --in 2020")
    try:
        found = plain_path(rise(declaration, table, (chosen.of, chosen.period_of) if table.periods else chosen.of))
    except Unusable as wrong:
        raise unusable(wrong, given) from None
    titles = {code: told(item.get("title")) or code for code, item in definition.items.items()}
    print(json.dumps(found, ensure_ascii=False, indent=1) if chosen.json else "\n".join(lines_of(found, titles)))
    return 0


def lines_of(found: dict[str, Any], titles: dict[str, str]) -> Iterable[str]:
    if not found["moves"]:
        yield f"{found['now'] or 'no class'}: {found['proof']}"
    else:
        ends = [
            f"{found[name] or 'no class'} ({found[score]:.6g})" for name, score in (("now", "score"), ("to", "after"))
        ]
        yield f"from {ends[0]} to {ends[1]}: {found['proof']}"
    yield from (f"  {_change(each, titles)}" for each in found["moves"])
    if found["alone"]:
        yield "one of these alone would be enough:"
        yield from (f"  {_change(each, titles)}" for each in found["alone"])
    yield from (f"  held back by {titles.get(each['code'], each['code'])} {each['said']}" for each in found["blocks"])


def _change(each: dict[str, Any], titles: dict[str, str]) -> str:
    before, after = ("–" if each[name] is None else f"{each[name]:.6g}" for name in ("before", "after"))
    return f"{titles.get(each['code'], each['code'])}: {before} -> {after}"
