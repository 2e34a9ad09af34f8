"""Documents → engine → what pages show of them: methods and their formulas, worked examples, the same data twice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kurak.engines.composite import Result, Table, Unusable, score, tabulate
from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.imputing import IMPUTATIONS
from kurak.engines.composite.methods import REQUIRED, Method
from kurak.engines.composite.normalising import NORMALISATIONS
from kurak.engines.composite.treating import TREATMENTS
from kurak.engines.composite.weighting import WEIGHTINGS
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.definitions.analysis import Definition, from_document, read

STAGES: Mapping[str, Mapping[str, Method]] = {
    "combine": COMBINATIONS,
    "weigh": WEIGHTINGS,
    "normalise": NORMALISATIONS,
    "treat": TREATMENTS,
    "impute": IMPUTATIONS,
}
AGREES = 1e-9  # of a worked example with what it expects, where it names no tolerance


@lru_cache(maxsize=128)
def _defined(pk: int, sha256: str) -> Definition:
    edition = Edition.objects.get(pk=pk)
    return read(edition.text) if edition.text else from_document(edition.document)


def definition_of(edition: Edition) -> Definition:
    """What an edition declares. Raises Misdeclared for a draft that is not finished."""
    return _defined(edition.pk, edition.sha256)


def formula_of(stage: str, by: str) -> str:
    """A method in one line; empty where there is no such method."""
    method = STAGES[stage].get(by)
    return method.says if method else ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A method as the editor offers it. takes: (setting, what it is, default or None where it must be given)."""

    by: str
    formula: str
    takes: tuple[tuple[str, str, Any], ...]


def offered(stage: str) -> list[Offered]:
    """The methods of a stage, to choose from."""
    return [Offered(by, method.says, tuple(_settings(method))) for by, method in STAGES[stage].items()]


def _settings(method: Method) -> Iterator[tuple[str, str, Any]]:
    for name, setting in method.takes.items():
        says = setting.says or " / ".join(setting.among) or setting.kind
        yield name, says, None if setting.default is REQUIRED else setting.default


@dataclass(frozen=True, slots=True)
class Computed:
    """One code of one unit. given: as it was written; score: of a leaf its raw value, of a node its score."""

    code: str
    given: Any
    normalised: float | None
    score: float | None
    class_code: str = ""
    rank: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """Units with the value and score of every code, leaves first, then nodes from the bottom up."""

    unit: str
    leaves: tuple[Computed, ...]
    nodes: tuple[Computed, ...]
    adjusted: tuple[tuple[str, str, float | None, float | None], ...] = ()  # node, name, before, after
    coverage: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What a worked example expects of a code, and what came out."""

    code: str
    expected: Any
    found: Any
    holds: bool


@dataclass(slots=True)
class Trial:
    """What data give with a document. problems: sentences that say why they give nothing."""

    units: list[Worked] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def example_of(definition: Definition) -> Trial | None:
    """The worked example of a document, computed now; None where it has none."""
    example = definition.document.get("example")
    if not isinstance(example, Mapping):
        return None
    values = example.get("values") or {}
    unit = example.get("unit") or ""
    named = str(unit.get("en", "")) if isinstance(unit, Mapping) else str(unit)
    trial = tried(definition, [named or "1"], {code: [given] for code, given in values.items()})
    if not trial.problems:
        expect, within = example.get("expect") or {}, example.get("tolerance")
        trial.checks = [_checked(trial.units[0], str(code), wanted, within) for code, wanted in expect.items()]
    return trial


def tried(definition: Definition, units: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> Trial:
    """Scores of trial data. columns by name, or by code of a leaf; leaves that are not there count as missing."""
    try:
        table = tabulate(units, completed(definition, units, columns))
        result = score(definition.declaration, table)
    except Unusable as wrong:
        return Trial(problems=[f"{each.said}. {each.remedy}." for each in wrong.problems])
    return Trial(units=[_worked(result, row, columns) for row in range(table.n)])


def completed(definition: Definition, units: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The columns under the names of the declaration, with empty ones for leaves without any."""
    leaves = definition.declaration.leaves
    found = {leaves[name].column if name in leaves else name: cells for name, cells in columns.items()}
    for leaf in leaves.values():
        found.setdefault(leaf.column, [None] * len(units))
    for node in definition.declaration.nodes.values():
        if node.fill and node.fill.column:
            for child in node.children:
                found.setdefault(node.fill.column.replace("{code}", child.code), [None] * len(units))
    for group in definition.declaration.groups:
        found.setdefault(group, [""] * len(units))
    return found


def _worked(result: Result, row: int, columns: Mapping[str, Sequence[Any]]) -> Worked:
    declaration = result.declaration
    leaves = [
        Computed(
            code, _given(columns, code, leaf.column, row), plain(result.prepared.column(code)[row]),
            plain(result.prepared.raw[row, place]), reason=result.reason(code, row) if code in result.reasons else "",
        )
        for place, (code, leaf) in enumerate(declaration.leaves.items())
    ]  # fmt: skip
    nodes = [
        Computed(
            code, None, None, plain(result.scores[code][row]), (result.classes(code) or [""] * (row + 1))[row],
            plain(result.ranks(code)[row]), result.reason(code, row),
        )
        for code in declaration.nodes
    ]  # fmt: skip
    adjusted = [
        (each.node, each.code, plain(each.before[at]), plain(each.after[at]))
        for each in result.adjusted
        for at, place in enumerate(each.rows)
        if place == row
    ]
    coverage = plain(result.coverage[declaration.root][row]) if declaration.root in result.coverage else None
    return Worked(result.table.units[row], tuple(leaves), tuple(nodes), tuple(adjusted), coverage)


def _given(columns: Mapping[str, Sequence[Any]], code: str, column: str, row: int) -> Any:
    cells = columns.get(code, columns.get(column))
    return None if cells is None else cells[row]


def _checked(worked: Worked, code: str, wanted: Any, within: Any) -> Check:
    """A number is compared with the score, a word with the class."""
    found = next((each for each in (*worked.nodes, *worked.leaves) if each.code == code), None)
    if found is None:
        return Check(code, wanted, None, False)
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        is_missing = wanted in (None, "missing") and found.score is None
        return Check(code, wanted, found.class_code or found.reason, is_missing or wanted == found.class_code)
    value = found.score if found.normalised is None else found.normalised
    reach = within.get(code, AGREES) if isinstance(within, Mapping) else within
    reach = reach if isinstance(reach, int | float) else AGREES
    holds = value is not None and abs(value - wanted) <= max(reach, AGREES * max(1.0, abs(wanted)))
    return Check(code, wanted, value, holds)


@dataclass(frozen=True, slots=True)
class Shift:
    """What becomes of one unit when the same data are scored with another edition."""

    unit: str
    period: str
    before: float | None
    after: float | None
    rank_before: float | None
    rank_after: float | None

    @property
    def places(self) -> float:
        """How many places it moves up; 0 where it has no rank in one of them."""
        if self.rank_before is None or self.rank_after is None:
            return 0.0
        return self.rank_before - self.rank_after


@dataclass(frozen=True, slots=True)
class Difference:
    shifts: tuple[Shift, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def ranked(self) -> bool:
        """False where both editions rank nobody."""
        return any(each.rank_before is not None or each.rank_after is not None for each in self.shifts)

    @property
    def moved(self) -> int:
        return sum(each.places != 0 for each in self.shifts)


def difference(before: Definition, after: Definition, data: Table) -> Difference:
    """The overall score of the same data with two editions."""
    try:
        was, now = score(before.declaration, data), score(after.declaration, data)
    except Unusable as wrong:
        return Difference(problems=tuple(f"{each.said}. {each.remedy}." for each in wrong.problems[:10]))
    old, new = was.scores[before.declaration.root], now.scores[after.declaration.root]
    ranks = was.ranks(), now.ranks()
    return Difference(
        tuple(
            Shift(
                data.units[row], data.periods[row] if data.periods else "", plain(old[row]), plain(new[row]),
                plain(ranks[0][row]), plain(ranks[1][row]),
            )
            for row in range(data.n)
        )
    )  # fmt: skip


def table_of(data: Any) -> Table:
    """The table of a data set that was brought in."""
    return tabulate(data.units, data.columns, data.periods)


def plain(value: Any) -> float | None:
    number = float(value)
    return None if math.isnan(number) else number
