"""What a new instrument begins with: nothing, a starter, or a copy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.instruments.definitions.yaml_text import written

FOLDER = Path(__file__).parent / "starters"
STARTERS = {
    "empty": _("Empty: one criterion, everything else is yours"),
    "index": _("An index: measured values on a scale from 0 to 100"),
    "assessment": _("An assessment: questions with answers, bands, and review"),
    "checklist": _("A checklist: yes or no, with a point that must be fulfilled"),
}
NOT_COPIED = ("verify",)  # it says how the published figures of another method are read


def begun(starter: str, **said: Any) -> dict[str, Any]:
    """A document that begins as a starter. said: its code, title, kind, …"""
    document = dict(_starter(starter)) if starter != "empty" else empty()
    return document | {"dated": timezone.now().date().isoformat()} | said


def empty() -> dict[str, Any]:
    return {
        "format": 1,
        "edition": "1",
        "label": {"is": "exact"},
        "sources": [],
        "tree": {"code": "overall", "children": []},
    }


@cache
def _starter(name: str) -> Mapping[str, Any]:
    document: Mapping[str, Any] = written((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), name).document
    return document


def copied(document: Mapping[str, Any], **said: Any) -> dict[str, Any]:
    """Somebody else's method under our own name is no longer exact: whoever copies says how near it still is."""
    kept = {key: each for key, each in document.items() if key not in NOT_COPIED}
    return kept | {"label": {"is": "approximate"}, "dated": timezone.now().date().isoformat()} | said
