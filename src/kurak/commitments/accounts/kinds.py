"""How accounts are shown in the trail."""

from __future__ import annotations


def register_kinds() -> None:
    pass
