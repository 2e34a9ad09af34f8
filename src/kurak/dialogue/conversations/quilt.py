"""The picture's patches as paths of an SVG, ten units a patch. Two triangles make a square, as in the quilt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

PATCH = 10
LETTERS = "ABCDEFGHIJKLMNOP"


def path_of(column: int, row: int, level: int) -> str:
    """The more people, the more of the patch is sewn."""
    x, y, s = column * PATCH, row * PATCH, PATCH
    if level == 1:
        return f"M{x + 5} {y + 2} {x + 8} {y + 5} {x + 5} {y + 8} {x + 2} {y + 5}Z"
    if level == 2:
        return f"M{x} {y}h{s}L{x} {y + s}Z" if (column + row) % 2 else f"M{x} {y}L{x + s} {y + s}H{x}Z"
    square = f"M{x} {y}h{s}v{s}h-{s}Z"
    return square if level == 3 else f"{square}M{x + 5} {y + 2}L{x + 2} {y + 5} {x + 5} {y + 8} {x + 8} {y + 5}Z"


def seams(columns: int, rows: int) -> str:
    """The stitched lines between patches."""
    upright = "".join(f"M{c * PATCH} 0v{rows * PATCH}" for c in range(columns + 1))
    return upright + "".join(f"M0 {r * PATCH}h{columns * PATCH}" for r in range(rows + 1))


def patches(quilt: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"group": g, "level": level, "path": path_of(c, r, level)} for c, r, g, level in quilt["patches"]]


def small(quilt: Mapping[str, Any]) -> dict[str, Any]:
    return {"width": quilt["columns"] * PATCH, "height": quilt["rows"] * PATCH, "patches": patches(quilt)}


def frame(shown: Mapping[str, Any]) -> dict[str, float]:
    """Where positions fall on the quilt."""
    quilt = shown["quilt"]
    size = {"width": quilt["columns"] * PATCH, "height": quilt["rows"] * PATCH}
    return size | {"left": quilt["left"], "top": quilt["top"], "scale": PATCH / quilt["side"]}


def drawn(shown: Mapping[str, Any]) -> dict[str, Any]:
    """All that the template of the quilt needs."""
    quilt = shown["quilt"]
    groups = [
        {**group, "px": group["x"] * PATCH, "py": group["y"] * PATCH, "letter": LETTERS[group["label"]]}
        for group in shown["groups"]
    ]
    return {
        **small(quilt), **frame(shown), "seams": seams(quilt["columns"], quilt["rows"]),
        "groups": apart(groups) if shown["clear"] else [], "description": described(shown),
    }  # fmt: skip


def apart(groups: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Labels of groups whose middles lie close are moved apart, so that each can be read."""
    for at, group in enumerate(groups):
        for other in groups[:at]:
            if abs(group["px"] - other["px"]) < 20 and abs(group["py"] - other["py"]) < 20:
                group["py"] += 22 if group["py"] >= other["py"] else -22
    return list(groups)


def described(shown: Mapping[str, Any]) -> str:
    if not shown["clear"]:
        return _("One cloud of people without clear groups.")
    parts = [
        _("Group %(letter)s: %(percent)d percent.") % {"letter": LETTERS[g["label"]], "percent": g["percent"]}
        for g in shown["groups"]
    ]
    return " ".join([_("Each patch is a place where people stand; its colour is their group."), *parts])
