"""A study as one long table: what was found, one number a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

COLUMNS = ("part", "node", "code", "other", "unit", "period", "measure", "value", "low", "high")


def rows_of(found: Mapping[str, Any]) -> Iterator[list[Any]]:
    """>>> found = {"worth": {"parts": [{"code": "a", "moved": 1.5, "most": 3.0, "unit": "KGZ", "period": ""}]}}
    >>> [row[2:] for row in rows_of(found)]
    [['a', '', '', '', 'moved', 1.5, None, None], ['a', '', 'KGZ', '', 'most', 3.0, None, None]]
    """
    yield from _drivers(found.get("drivers") or {})
    for node in found.get("coherence") or []:
        yield from _coherence(node)
    for each in (found.get("worth") or {}).get("parts") or []:
        yield _row("worth", code=each["code"], measure="moved", value=each["moved"])
        yield _row(
            "worth", code=each["code"], unit=each["unit"], period=each["period"], measure="most", value=each["most"]
        )


def _drivers(found: Mapping[str, Any]) -> Iterator[list[Any]]:
    at = found.get("node", "")
    for each in found.get("factors") or []:
        for name in ("first", "total"):
            ends = {"low": each[f"{name}_low"], "high": each[f"{name}_high"]}
            yield _row("drivers", node=at, code=each["factor"], measure=name, value=each[name], **ends)
    for each in found.get("screened") or []:
        yield _row("drivers", node=at, code=each["factor"], measure="effect", value=each["effect"])
    for each in found.get("units") or []:
        for name, share in each["total"].items():
            yield _row(
                "unit", node=at, code=name, unit=each["unit"], period=each["period"], measure="total", value=share
            )


def _coherence(found: Mapping[str, Any]) -> Iterator[list[Any]]:
    at = {"node": found["node"], "period": found["period"]}
    for name in ("alpha", "mean_correlation"):
        yield _row("coherence", **at, measure=name, value=found[name])
    for each in found["parts"]:
        for name in ("weight", "importance", "with_rest", "alpha_without"):
            yield _row("coherence", **at, code=each["code"], measure=name, value=each[name])
    codes = [each["code"] for each in found["parts"]]
    for place, row in enumerate(found["correlations"]):
        for other, r in zip(codes[:place], row[:place], strict=True):
            yield _row("coherence", **at, code=codes[place], other=other, measure="correlation", value=r)


def _row(part: str, **cells: Any) -> list[Any]:
    empty = dict.fromkeys(COLUMNS, "") | {"value": None, "low": None, "high": None}
    return list((empty | {"part": part} | cells).values())
