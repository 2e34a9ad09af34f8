"""What drives an index, whether its parts go together, what each is worth: from a table, as the pages show it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from typing import Any

from kurak.cli.index.finding import told
from kurak.cli.index.scoring import prepared_for
from kurak.cli.index.tables import unusable
from kurak.engines.composite.problems import Unusable
from kurak.instruments.results.studies.analysis import studied


def study(chosen: argparse.Namespace) -> int:
    definition, declaration, table, given = prepared_for(chosen)
    try:
        found = studied(declaration, table, n=chosen.n, seed=chosen.seed)
    except Unusable as wrong:
        raise unusable(wrong, given) from None
    if chosen.json:
        print(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
        return 0
    titles = {code: told(item.get("title")) or code for code, item in definition.items.items()}
    print("\n".join(lines_of(found, titles)))
    return 0


def lines_of(found: dict[str, Any], titles: dict[str, str]) -> Iterable[str]:
    drivers, worth = found["drivers"], found["worth"]
    if drivers["factors"]:
        yield f"What drives the {drivers['outcome']}s ({drivers['runs']:,} runs): alone, with the others"
        for each in drivers["factors"]:
            yield f"  {each['factor']:<40}  {_cell(each['first'])}  {_cell(each['total'])}"
    else:
        yield f"Nothing varies: {'; '.join(drivers['why'])}"
    for node in found["coherence"]:
        yield ""
        yield f"{titles.get(node['node'], node['node'])}: Cronbach's alpha {_cell(node['alpha'])}; weight, accounts for"
        for part in node["parts"]:
            name = titles.get(part["code"], part["code"])[:40]
            yield f"  {name:<40}  {_cell(part['weight'])}  {_cell(part['importance'])}"
        for flag in node["flags"]:
            said = "say nearly the same" if flag["flag"] == "same" else "pull against each other"
            yield f"  ! {flag['one']} and {flag['other']} {said} ({flag['r']:.2f})"
    if worth["parts"]:
        yield ""
        yield f"What each is worth: mean change of {worth['outcome']} without it, and whose changes most"
        for each in worth["parts"]:
            name = titles.get(each["code"], each["code"])[:40]
            yield f"  {name:<40}  {each['moved']:>6.2f}  {each['unit']} {each['period']} ({each['most']:.3g})".rstrip()


def _cell(value: float | None) -> str:
    return "     –" if value is None else f"{value:>6.2f}"
