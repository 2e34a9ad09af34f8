"""Values in cells. Numbers and truth values are themselves; lists and mappings are written as in the file; texts are
texts, in quotation marks where they would be taken for something else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from kurak.instruments.catalogue.yaml_writing import in_one_line
from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.definitions.yaml_text import written

OPENS = ("{", "[", '"', "'")


class Unreadable(ValueError):
    """A cell that begins like a list, a mapping or a quoted text, and is none."""


def encoded(value: Any) -> Any:
    """
    >>> encoded({"by": "minmax", "to": [0, 100]}), encoded("mean"), encoded("[a]"), encoded(None), encoded(0.5)
    ('{by: minmax, to: [0, 100]}', 'mean', '"[a]"', '~', 0.5)
    """
    if value is None:
        return "~"
    if isinstance(value, list | Mapping):
        return in_one_line(value)
    if isinstance(value, str) and (not value.strip() or value[0] in OPENS or value != value.strip() or value == "~"):
        return json.dumps(value, ensure_ascii=False)
    return value


def decoded(cell: Any) -> Any:
    """
    >>> decoded("{by: minmax, to: [0, 100]}"), decoded("mean"), decoded('"[a]"'), decoded("~"), decoded(25.0)
    ({'by': 'minmax', 'to': [0, 100]}, 'mean', '[a]', None, 25)
    """
    if isinstance(cell, dt.datetime | dt.date):
        return day(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if text == "~":
        return None
    if not text.startswith(OPENS):
        return text
    try:
        return written(f"- {text}").document[0]
    except (Misdeclared, IndexError, TypeError) as problem:
        raise Unreadable(text) from problem


def as_text(cell: Any) -> str:
    """
    >>> as_text(2020.0), as_text(True), as_text("a"), as_text(dt.date(2026, 1, 2)), as_text(0.5)
    ('2020', 'true', 'a', '2026-01-02', '0.5')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime | dt.date):
        return day(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def day(moment: dt.date) -> str:
    return (moment.date() if isinstance(moment, dt.datetime) else moment).isoformat()


def is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
