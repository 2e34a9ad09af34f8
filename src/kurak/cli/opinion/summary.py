"""The summary of a run: what went in, how it was computed, what came out; for people, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

import numpy as np

from kurak import __version__
from kurak.cli.opinion.drawing import Drawing
from kurak.cli.opinion.results import Results
from kurak.cli.opinion.screening import Source
from kurak.cli.opinion.statements import Statements
from kurak.cli.opinion.votes import Events

SIGN = "+1 = agree, 0 = pass, -1 = disagree"


def summary_of(
    drawing: Drawing,
    results: Results,
    events: Events,
    statements: Statements,
    sources: list[Source],
    parameters: Mapping[str, Any],
    rejected: int,
) -> dict[str, Any]:
    grouped = drawing.group >= 0
    votes, found = drawing.votes, results.findings
    summary: dict[str, Any] = plain({
        "kurak": __version__,
        "sign": SIGN,
        "parameters": parameters,
        "inputs": [{"file": s.path.name, "sha256": s.sha256, "bytes": s.size} for s in sources],
        "layout": events.layout,
        "people": votes.people,
        "statements": votes.width,
        "votes": len(votes.value),
        "k": drawing.k,
        "groups": dict(zip(drawing.names, np.bincount(drawing.group[grouped], minlength=drawing.k), strict=True)),
        "how": drawing.how,
        "excluded": {
            "rows_rejected": rejected,
            "votes_replaced_by_a_later_one": len(events.value) - len(votes.value),
            "statements_moderated_out": votes.statements[drawing.left_out],
            "statements_about_the_respondent": votes.statements[drawing.meta],
            "statements_without_votes": sorted(set(statements.text) - set(votes.statements.tolist())),
            "people_without_a_group": int((~grouped).sum()),
        },
        "unites": votes.statements[[f.statement for f in found.unites if f.said]],
        "divides": votes.statements[[f.statement for f in found.divides if f.said]],
        "consensus": {
            "agree": votes.statements[[m.statement for m in results.consensus.agree]],
            "disagree": votes.statements[[m.statement for m in results.consensus.disagree]],
        },
        "uncertain": votes.statements[results.uncertain],
        "proportional": _proportional(drawing, results),
    })  # fmt: skip
    return summary


def _proportional(drawing: Drawing, results: Results) -> dict[str, Any] | None:
    """The statements that represent everyone, and whether they do."""
    chosen = results.proportional
    if chosen is None:
        return None
    return {
        "statements": drawing.votes.statements[list(chosen.statements)],
        "approving": chosen.approving,
        "represented": chosen.represented,
        "justified": chosen.justified,
    }


def told(summary: Mapping[str, Any], folder: str) -> str:
    """The summary for people, a few lines."""
    groups = ", ".join(f"{name}: {count:,}" for name, count in summary["groups"].items()) or "none"
    out, found_by = summary["excluded"], summary["how"].get("groups_from", summary["parameters"]["mode"])
    return "\n".join([
        f"{summary['people']:,} people, {summary['statements']:,} statements, {summary['votes']:,} votes ({SIGN})",
        f"Groups ({found_by}): {groups}; in no group: {out['people_without_a_group']:,}",
        f"Unite: {len(summary['unites'])} statements; divide: {len(summary['divides'])} (findings.csv says how surely)",
        f"Left out: {len(out['statements_moderated_out'])} moderated statements, "
        f"{out['votes_replaced_by_a_later_one']:,} votes changed later, {out['rows_rejected']:,} bad rows",
        *_told_flags(summary),
        f"Written to {folder}",
    ])  # fmt: skip


def _told_flags(summary: Mapping[str, Any]) -> list[str]:
    if "integrity" not in summary:
        return []
    found = summary["integrity"]
    agreement = found["without_them"]["agreement_of_groups"]
    return [f"Flagged: {found['people']:,} people; without them the groups agree by {agreement:.2f} (1 = the same)"]


def plain(value: Any) -> Any:
    """Arrays, frozen results and numbers of numpy as what JSON knows; no NaN."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    return None if isinstance(value, float) and not np.isfinite(value) else value
