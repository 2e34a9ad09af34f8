"""The tables of methods of every stage, in one place for whoever reads a declaration or shows one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from kurak.engines.composite.methods import Method


def _table(module: str, name: str) -> Mapping[str, Method]:
    try:
        found: Mapping[str, Method] = getattr(import_module(f"kurak.engines.composite.{module}"), name)
    except (ImportError, AttributeError):  # being built
        return {}
    return found


NORMALISATIONS = _table("normalising", "NORMALISATIONS")
TREATMENTS = _table("treating", "TREATMENTS")
IMPUTATIONS = _table("imputing", "IMPUTATIONS")
COMBINATIONS = _table("combining", "COMBINATIONS")
WEIGHTINGS = _table("weighting", "WEIGHTINGS")


def screening() -> Callable[..., Any]:
    run: Callable[..., Any] = import_module("kurak.engines.composite.screening").screened
    return run
