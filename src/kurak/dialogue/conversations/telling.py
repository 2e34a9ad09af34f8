"""A picture's numbers put beside the words they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from kurak.dialogue.conversations import analysis, queries, quilt
from kurak.dialogue.conversations.models import Conversation


def described(conversation: Conversation, shown: Mapping[str, Any], drawn: Mapping[str, Any]) -> dict[str, Any]:
    """A picture's numbers with the statements they are about. The table of all statements is made only for those
    templates that ask for it."""
    briefs = [*shown["unites"], *shown["divides"], *(each for found in shown["stands_for"] for each in found)]
    named = {*(brief["statement"] for brief in briefs), *shown["everyone"]}
    statements = {each.number: each for each in queries.readable_statements(conversation).filter(number__in=named)}
    rows = {row["number"]: row for row in shown["rows"]}

    def told(brief: Mapping[str, Any]) -> dict[str, Any]:
        number = brief["statement"]
        return {"statement": statements[number], "side": brief["side"], "shares": shares(rows[number], shown["clear"])}

    def all_told(briefs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [told(brief) for brief in briefs if brief["statement"] in statements]

    groups = [
        {
            **group,
            "letter": quilt.LETTERS[group["label"]],
            "findings": all_told(shown["stands_for"][group["label"]][:5]),
        }
        for group in shown["groups"]
    ]
    return {
        "conversation": conversation, "shown": shown, "quilt": drawn, "groups": groups if shown["clear"] else [],
        "unites": all_told(shown["unites"]), "divides": all_told(shown["divides"][:5]),
        "everyone": all_told({"statement": n, "side": "agree"} for n in shown["everyone"]),
        "rows": partial(table_of, conversation, shown),
    }  # fmt: skip


def table_of(conversation: Conversation, shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every statement of the picture with its shares."""
    statements = {each.number: each for each in queries.readable_statements(conversation) if not each.left_out}
    return [
        {"statement": statements[row["number"]], **share(row["all"]), "groups": [share(g) for g in row["groups"]]}
        for row in shown["rows"]
        if row["number"] in statements
    ]


def shares(row: Mapping[str, Any], clear: bool) -> list[dict[str, Any]]:
    if not clear:
        return [share(row["all"])]
    return [{"label": g, "letter": quilt.LETTERS[g], **share(part)} for g, part in enumerate(row["groups"])]


def share(counts: list[int]) -> dict[str, Any]:
    """Agrees, disagrees and passes in percent that add up to 100; the agrees with their interval."""
    agree, disagree, n = counts
    if not n:
        return {"agree": 0, "disagree": 0, "passed": 0, "pass_end": 0, "n": 0, "low": None, "high": None}
    a, d = round(100 * agree / n), round(100 * disagree / n)
    low, high = analysis.interval(agree, n)
    p = max(100 - a - d, 0)
    return {"agree": a, "disagree": 100 - a - p, "passed": p, "pass_end": a + p, "n": n,
            "low": round(100 * low), "high": round(100 * high)}  # fmt: skip
