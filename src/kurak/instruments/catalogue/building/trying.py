"""Trial data: a small table that is pasted, computed, shown, and kept nowhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.instruments.definitions.analysis import Definition

MOST_UNITS = 200
LONGEST = 200_000
SEPARATORS = ("\t", ";", ",")


def table(text: str) -> tuple[list[str], dict[str, list[Any]]]:
    """(units, columns) of pasted lines: the first names the columns, the first column names the units.

    >>> table("unit;a;b\\nAral;1,5;yes\\nOsh;;no")
    (['Aral', 'Osh'], {'a': [1.5, None], 'b': ['yes', 'no']})
    """
    if len(text) > LONGEST:
        raise Refused("trial.large", _("This is too much for a trial. Paste fewer lines."))
    first = text.strip().split("\n", 1)[0]
    separator = next((each for each in SEPARATORS if each in first), ",")
    try:
        rows = [row for row in csv.reader(io.StringIO(text.strip()), delimiter=separator) if any(map(str.strip, row))]
    except csv.Error as problem:
        raise Refused("trial.unreadable", _("These lines are not a table. Paste them from a spreadsheet.")) from problem
    if len(rows) < 2:
        raise Refused("trial.empty", _("Write a line with the names of the columns, and a line for each unit."))
    if len(rows) > MOST_UNITS + 1:
        raise Refused("trial.large", _("This is too much for a trial. Paste fewer lines."))
    header, *lines = ([cell.strip() for cell in row] for row in rows)
    wide = next((number for number, row in enumerate(lines, start=2) if len(row) > len(header)), None)
    if wide:
        sentence = _("Line %(line)d has more cells than the first line has names.") % {"line": wide}
        raise Refused("trial.wide", sentence, line=wide)
    columns = {
        name: [cell(row[place] if place < len(row) else "", separator) for row in lines]
        for place, name in enumerate(header)
        if place and name
    }
    return [row[0] or str(number) for number, row in enumerate(lines, start=1)], columns


def cell(text: str, separator: str) -> Any:
    """A number where it is one; a decimal comma is one where commas do not part the cells."""
    if not text:
        return None
    try:
        return float(text.replace(",", ".") if separator != "," else text)
    except ValueError:
        return text


def beginning(definition: Definition) -> str:
    """What the field begins with: the columns of the document, and its worked example."""
    example = definition.document.get("example") or {}
    values: Mapping[str, Any] = example.get("values") or {}
    leaves = list(definition.declaration.leaves)
    line = ["1", *("" if values.get(code) is None else str(values[code]) for code in leaves)]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerows([["unit", *leaves], line])
    return buffer.getvalue()
