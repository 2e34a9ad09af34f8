"""COFOG (functions of government) and the economic types of GFS, in English and Russian."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from kurak.ground.languages.text import Text

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def functions() -> dict[str, Text]:
    """{"09": ..., "09.1": ...}"""
    return _read("cofog.json")


@lru_cache(maxsize=1)
def types() -> dict[str, Text]:
    """{"21": ...}: the first two digits of GFS codes and of national ones built on them."""
    return _read("economic.json")


def _read(name: str) -> dict[str, Text]:
    told = json.loads((HERE / name).read_text(encoding="utf-8"))["codes"]
    return {code: Text("en", en, {"ru": (ru, "human")}) for code, (en, ru) in told.items()}


def function_of(text: str) -> str | None:
    """The COFOG code that was meant, division or group; None where it is none. Spreadsheets lose zeros, and GFS writes
    a 7 before the division.

    >>> function_of("09.1"), function_of("9.1"), function_of("7091"), function_of("4"), function_of("0912.0")
    ('09.1', '09.1', '09.1', '04', None)
    >>> function_of("704"), function_of("11"), function_of("")
    ('04', None, '')
    """
    said = text.strip()
    if not said:
        return ""
    found = (
        re.fullmatch(r"(\d{1,2})(?:\.(\d))?(?:\.\d)?", said)
        or re.fullmatch(r"7(\d\d)(\d)?\d?", said)
        or re.fullmatch(r"(0\d|10)(\d)\d?", said)
    )
    if not found:
        return None
    code = found[1].zfill(2) + (f".{found[2]}" if found[2] and found[2] != "0" else "")
    return code if code in functions() else None


def type_of(economic: str) -> str:
    """The two digits that an economic code is summed under; its own where GFS does not know them."""
    return economic[:2] if economic[:2] in types() else economic
