"""What an instrument declares to the engine. Made from a document (a mapping, as YAML or JSON give it) by `declare`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kurak.engines.composite.formula import Formula
from kurak.engines.composite.methods import Choice

type Label = Literal["exact", "approximate", "proxy"]
LABELS: tuple[Label, ...] = ("exact", "approximate", "proxy")  # the later one wins where they meet

# Why a cell of the table is empty. Not-applicable takes the item out of the denominator; the others don't.
KINDS = ("missing", "not-applicable", "unknown", "withheld", "not-covered")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One input. direction: +1 more is better, -1 less is better. answers: the value of each word that may be given.
    bounds: what is plausible. denominator: the code of a leaf to divide by, with its scale factor."""

    code: str
    column: str
    direction: int = 1
    answers: Mapping[str, float | str] = field(default_factory=dict)
    bounds: tuple[float, float] | None = None
    denominator: str | None = None
    scale_factor: float = 1.0
    impute: Choice | None = None
    treat: Choice | None = None
    normalise: Choice | None = None
    classes: str | None = None
    trend: Trend | None = None
    error: str | float | None = None  # standard error: a number, or the column that holds it
    range: tuple[float, float] | None = None  # lowest and highest normalised value, where it is known


@dataclass(frozen=True, slots=True)
class Child:
    code: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Missing:
    """What a node does when children are missing.

    by: available, at_least, required, strict, value, worst, best or bounds. share: of the applicable children, counted
    or weighed, that must be there. required: codes that must be there."""

    by: str = "available"
    share: float = 0.0
    counted: Literal["count", "weight"] = "count"
    required: tuple[str, ...] = ()
    value: float = 0.0
    most_not_applicable: float = 1.0  # share of children, by weight, that may be not applicable


@dataclass(frozen=True, slots=True)
class Fill:
    """What stands in for a missing child. column: name of a column, in which {code} is the child's code; group: the
    column of labels inside which the mean of the child is taken."""

    column: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What happens to the score of a node after its children were combined, in order.

    by: multiply, subtract, cap, floor, veto or set. amount: what to multiply by, take off, or put in its place; a veto
    without an amount makes the score missing. when: the condition; none means always."""

    code: str
    by: str
    amount: Formula | None = None
    when: Formula | None = None


@dataclass(frozen=True, slots=True)
class Class:
    """at: the cut; own: a score on the cut belongs to this class (`from:`), else to the one below (`above:`).
    needs: what must hold besides. when: holds instead of a cut."""

    code: str
    at: float | None = None
    own: bool = True
    needs: Formula | None = None
    when: Formula | None = None


@dataclass(frozen=True, slots=True)
class Classes:
    """From the lowest score to the highest. by: cuts, rules (the first that holds), quantiles (of ranks), intervals
    (equal), or breaks (natural). better: whether higher scores are better. digits: scores are rounded half up first."""

    code: str
    of: tuple[Class, ...]
    by: str = "cuts"
    better: Literal["high", "low"] = "high"
    digits: int | None = None


MEAN = Choice("mean")
AVAILABLE = Missing()


@dataclass(frozen=True, slots=True)
class Node:
    """An inner node: a combination of children, or a formula over codes."""

    code: str
    children: tuple[Child, ...] = ()
    combine: Choice = MEAN
    weigh: Choice | None = None  # weights found from the data instead of declared ones
    missing: Missing = AVAILABLE
    fill: Fill | None = None
    then: tuple[Adjustment, ...] = ()
    formula: Formula | None = None
    classes: str | None = None
    label: Label | None = None
    range: tuple[float, float] | None = None  # lowest and highest possible score
    ranks: Ranks | None = None
    trend: Trend | None = None

    @property
    def needs(self) -> frozenset[str]:
        """The codes that must be known before this one."""
        formulas = [self.formula, *(f for each in self.then for f in (each.amount, each.when))]
        named = {name for formula in formulas if formula for name in formula.names} - {"score"}
        return frozenset({child.code for child in self.children} | named)


@dataclass(frozen=True, slots=True)
class Ranks:
    """ties: min (1, 2, 2, 4), dense, average, max or ordinal. digits: significant, scores that agree in them tie.
    within: a column of labels inside which is ranked. shown: false where nobody is to be ranked by these scores."""

    ties: str = "min"
    better: Literal["high", "low"] = "high"
    digits: int = 12
    within: str | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Trend:
    """The pace of a series towards a goal by a year. goal in raw units, or the code of a class of the leaf's scheme."""

    goal: float
    by_year: int
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """Units that are left out: share of present cells below `available`, overall and inside each node named;
    share of non-zero values below `not_zero`. either: one failing suffices, else both must fail."""

    available: float = 0.0
    not_zero: float = 0.0
    inside: Mapping[str, float] = field(default_factory=dict)
    both: bool = False
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """One source of uncertainty that may be varied: weights, normalise, treat, impute, combine, include or error."""

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Declaration:
    """leaves: all inputs, those outside the tree too, in the order they were written. nodes: children before parents.
    root: the code of the overall score. over: how parameters of normalisation are found in a panel (each-period,
    all-periods, or the name of a base period). reference: column that is true for the units the parameters come from.
    digits, half: how scores are rounded for publication, and only there. checksum: SHA-256 of what is computed."""

    code: str
    edition: str
    leaves: Mapping[str, Leaf]
    nodes: Mapping[str, Node]
    root: str
    classes: Mapping[str, Classes]
    ranks: Ranks
    groups: tuple[str, ...]
    tokens: Mapping[str, str]  # what stands for a missing value in a table -> its kind
    screen: Screen | None
    over: str
    reference: str | None
    factors: tuple[Factor, ...]
    excluded: tuple[Mapping[str, Any], ...]
    label: Label
    digits: int | None
    half: Literal["up", "even"]
    low: float | None
    high: float | None
    better: Literal["high", "low"]
    checksum: str

    @property
    def codes(self) -> tuple[str, ...]:
        return (*self.leaves, *self.nodes)

    def leaves_under(self, code: str) -> Iterator[str]:
        """The leaves of a node's tree, each once, in order."""
        yield from dict.fromkeys(self._under(code))

    def _under(self, code: str) -> Iterator[str]:
        if code in self.leaves:
            yield code
            return
        node = self.nodes[code]
        for child in node.children:
            yield from self._under(child.code)
        if node.formula:
            for name in sorted(node.formula.names):
                yield from self._under(name)
