"""What is to be mended in a draft, and on which page of the builder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from kurak.instruments.catalogue.models import Edition
from kurak.instruments.catalogue.tree import Path, places
from kurak.instruments.definitions.analysis import from_document
from kurak.instruments.definitions.problems import Misdeclared, dotted

PAGES = {"answers": "answers", "classes": "classes", "sources": "sources", "notes": "notes", "tree": "criteria",
         "also": "criteria", "inputs": "criteria"}  # fmt: skip
ABOUT = frozenset(
    ("title", "about", "publisher", "edition", "dated", "kind", "units", "label", "checked", "scale", "assessing")
)


@dataclass(frozen=True, slots=True)
class ToMend:
    where: str
    url: str
    said: str
    remedy: str


def to_mend(draft: Edition) -> list[ToMend]:
    """Everything that keeps a draft from being published."""
    try:
        from_document(draft.document)
    except Misdeclared as wrong:
        return [ToMend(*place_of(draft, each.path), each.said, each.remedy) for each in wrong.problems]
    return []


def place_of(draft: Edition, path: Path) -> tuple[str, str]:
    """How the place is called, and the page that shows it."""
    address = [draft.instrument.code, draft.pk]
    code, rest = nearest(draft.document, path)
    if code:
        where = f"{code}: {dotted(rest)}" if rest else code
        return where, reverse("building:criterion", args=[*address, code])
    first = str(path[0]) if path else ""
    page = PAGES.get(first, "draft" if first in ABOUT else "document")
    return dotted(path), reverse(f"building:{page}", args=address)


def nearest(document: Mapping[str, Any], path: Path) -> tuple[str, Path]:
    """The innermost criterion around a path, and what is left of the path from there."""
    around = [each for each in places(document) if path[: len(each.path)] == each.path and each.given.get("code")]
    if not around:
        return "", path
    inner = max(around, key=lambda each: len(each.path))
    return str(inner.given["code"]), path[len(inner.path) :]
