"""A way of doing one step of the calculation, with the settings it takes: what a declaration may choose from.

Each step has a table of such methods: normalising.NORMALISATIONS, treating.TREATMENTS, imputing.IMPUTATIONS,
combining.COMBINATIONS, weighting.WEIGHTINGS. A declaration names one as a word (`minmax`) or as a mapping
(`{by: minmax, to: [0, 100]}`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a method. kind: number, share (0..1), whole, flag, word, numbers, pair, mapping, code (of a node),
    codes, column, formula. default: what holds when it is not given; REQUIRED when it must be."""

    kind: str
    default: Any = None
    among: tuple[str, ...] = ()  # the words allowed, of a word
    says: str = ""


REQUIRED = object()


@dataclass(frozen=True, slots=True)
class Method:
    """run: the function, whose arguments each table of methods states. takes: its settings by name. says: the formula
    in one line, as the page of a method prints it. source: paper or standard."""

    run: Callable[..., Any]
    says: str
    takes: Mapping[str, Setting] = field(default_factory=dict)
    source: str = ""
    traits: frozenset[str] = frozenset()  # such as "positive": needs values above 0; "bounded": gives [a, b]


@dataclass(frozen=True, slots=True)
class Choice:
    """A method chosen, with its settings."""

    by: str
    settings: Mapping[str, Any] = field(default_factory=dict)
