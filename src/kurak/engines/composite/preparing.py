"""The stages before aggregation: divide, impute, screen, treat, normalise. Each leaf says which of them it wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration, Leaf
from kurak.engines.composite.denominating import divided as over
from kurak.engines.composite.gathering import KIND, NOT_APPLICABLE, PRESENT, Bools, Floats, Kinds, finite, gather
from kurak.engines.composite.methods import Choice
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.screening import screened
from kurak.engines.composite.stages import IMPUTATIONS, NORMALISATIONS, TREATMENTS
from kurak.engines.composite.table import Table

DENOMINATOR = max(KIND.values()) + 1  # kind of a cell whose denominator is missing or 0


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Leaves ready to be combined; k leaves in the order of the declaration, n rows.

    raw as gathered, divided by denominators; kinds why a cell is empty; imputed, winsorised which cells were changed;
    normalised what is combined, NaN where nothing is known; kept which rows were not screened out; applicable which
    cells count in denominators. made_from: checksum of the input."""

    declaration: Declaration
    table: Table
    raw: Floats
    kinds: Kinds
    filled: Floats
    treated: Floats
    normalised: Floats
    imputed: Bools
    winsorised: Bools
    kept: Bools
    transforms: Mapping[str, str]
    notes: tuple[str, ...]
    made_from: str

    @property
    def applicable(self) -> Bools:
        return np.asarray(self.kinds != NOT_APPLICABLE)

    def column(self, code: str) -> Floats:
        """The normalised values of a leaf, (n,)."""
        return self.normalised[:, [*self.declaration.leaves].index(code)]


def prepared(
    declaration: Declaration,
    table: Table,
    *,
    treat: Mapping[str, Choice | None] | None = None,
    normalise: Mapping[str, Choice | None] | None = None,
    impute: Mapping[str, Choice | None] | None = None,
) -> Prepared:
    """All stages for a table. The mappings put other choices in the place of declared ones, by code of the leaf.

    Raises Unusable with the places where the table or a stage's outcome is wrong."""
    changed = {"treat": treat or {}, "normalise": normalise or {}, "impute": impute or {}}
    declaration = with_stages(declaration, changed) if any(changed.values()) else declaration
    gathered = gather(declaration, table)
    raw, kinds = divided(declaration, gathered.values, gathered.kinds)
    filled = imputed(declaration, table, raw, kinds)
    kept, screening = screened_out(declaration, table, raw)
    treated_values, winsorised, transforms = treated(
        declaration, table, filled if kept.all() else np.where(kept[:, None], filled, np.nan)
    )
    done = normalised(declaration, table, treated_values)
    notes = (*screening, *without_scale(declaration, table, treated_values, done))
    return Prepared(
        declaration, table, raw, kinds, filled, treated_values, done, np.isnan(raw) & ~np.isnan(filled), winsorised,
        kept, transforms, notes, gathered.checksum,
    )  # fmt: skip


def with_stages(declaration: Declaration, changed: Mapping[str, Mapping[str, Choice | None]]) -> Declaration:
    def chosen(leaf: Leaf, stage: str) -> Choice | None:
        declared: Choice | None = getattr(leaf, stage)
        return changed[stage].get(leaf.code, declared)

    leaves = {
        code: replace(leaf, **{stage: chosen(leaf, stage) for stage in changed})  # type: ignore[arg-type]
        for code, leaf in declaration.leaves.items()
    }
    return replace(declaration, leaves=leaves)


def divided(declaration: Declaration, values: Floats, kinds: Kinds) -> tuple[Floats, Kinds]:
    """x / (D / s). A denominator that is missing or 0 leaves the cell empty, with that reason; never infinity."""
    order = {code: place for place, code in enumerate(declaration.leaves)}
    raw, why = values.copy(order="F"), kinds.copy(order="F")
    for code, leaf in declaration.leaves.items():
        if leaf.denominator is None:
            continue
        here = order[code]
        raw[:, here], undefined = over(values[:, here], values[:, order[leaf.denominator]], leaf.scale_factor)
        why[:, here] = np.where(undefined & (why[:, here] == PRESENT), DENOMINATOR, why[:, here])
    return raw, why


def imputed(declaration: Declaration, table: Table, raw: Floats, kinds: Kinds) -> Floats:
    """Missing cells filled as each leaf says; not-applicable ones stay empty."""
    filled = raw.copy(order="F")
    leaves = [*declaration.leaves.values()]
    for choice, places in grouped([leaf.impute for leaf in leaves]):
        settings = dict(choice.settings)
        labels = table.labels(str(settings.pop("group"))) if "group" in settings else None
        found = IMPUTATIONS[choice.by].run(
            raw,
            directions=np.array([leaf.direction for leaf in leaves]),
            parents=parents(declaration),
            labels=labels,
            units=np.array(table.units),
            periods=None if table.periods is None else np.array(table.periods),
            **settings,
        )
        filled[:, places] = np.where(kinds[:, places] == NOT_APPLICABLE, np.nan, found[:, places])
    return filled


def parents(declaration: Declaration) -> NDArray[np.int64]:
    """(k,) the number of the node each leaf hangs from; -1 for leaves outside the tree."""
    found = dict.fromkeys(declaration.leaves, -1)
    for number, node in enumerate(declaration.nodes.values()):
        for child in node.children:
            if found.get(child.code) == -1:
                found[child.code] = number
    return np.array([*found.values()], dtype=np.int64)


def screened_out(declaration: Declaration, table: Table, raw: Floats) -> tuple[Bools, tuple[str, ...]]:
    if declaration.screen is None:
        return np.ones(table.n, dtype=bool), ()
    order = {code: place for place, code in enumerate(declaration.leaves)}
    rule = declaration.screen
    inside = {code: [order[leaf] for leaf in declaration.leaves_under(code)] for code in rule.inside}
    tree = [order[leaf] for leaf in declaration.leaves_under(declaration.root)]
    return screened(raw, rule, table.units, tree=tree, inside=inside)


def treated(declaration: Declaration, table: Table, filled: Floats) -> tuple[Floats, Bools, dict[str, str]]:
    values, touched = filled.copy(order="F"), np.zeros(filled.shape, dtype=bool, order="F")
    transforms: dict[str, list[str]] = {}
    together = compared(declaration, table)
    for place, (code, leaf) in enumerate(declaration.leaves.items()):
        if leaf.treat is None:
            continue
        for rows in together:
            found = named(leaf, lambda leaf=leaf, place=place, rows=rows: _treated(leaf.treat, filled[rows, place]))
            values[rows, place], touched[rows, place] = found.values, found.winsorised
            if found.transform:
                transforms.setdefault(code, []).append(found.transform)
    return values, touched, {code: ", ".join(dict.fromkeys(each)) for code, each in transforms.items()}


def _treated(choice: Choice, column: Floats) -> Any:
    return TREATMENTS[choice.by].run(column, **choice.settings)


def normalised(declaration: Declaration, table: Table, values: Floats) -> Floats:
    done = np.full(values.shape, np.nan, order="F")
    usual = scopes(declaration, table)
    for place, leaf in enumerate(declaration.leaves.values()):
        for rows, reference in scopes_of(leaf, usual):
            done[rows, place] = named(
                leaf,
                lambda leaf=leaf, place=place, rows=rows, reference=reference: normalised_column(
                    leaf, values[rows, place], table, rows, reference
                ),
            )
    return done


def without_scale(declaration: Declaration, table: Table, values: Floats, done: Floats) -> list[str]:
    """A sentence for every leaf that has values and gets no scale from them: it would vanish unnoticed."""
    said = []
    usual = scopes(declaration, table)
    for place, (code, leaf) in enumerate(declaration.leaves.items()):
        lost = [rows for rows, _ in scopes_of(leaf, usual) if _lost(leaf, values[rows, place], done[rows, place])]
        if lost and leaf.normalise:
            periods = [table.periods[rows[0]] for rows in lost if table.periods and not isinstance(rows, slice)]
            more = f" and {len(periods) - 3} more" if len(periods) > 3 else ""
            when = f" in {', '.join(periods[:3])}{more}" if periods else ""
            said.append(
                f"{code}{when}: {leaf.normalise.by} finds no scale in values that do not vary, so {code} counts as "
                "missing; say constant: midpoint, use goalposts, or leave it out"
            )
    return said


def _lost(leaf: Leaf, values: Floats, done: Floats) -> bool:
    return leaf.normalise is not None and not np.isnan(values).all() and bool(np.isnan(done).all())


def normalised_column(leaf: Leaf, x: Floats, table: Table, rows: Any, reference: Bools | None) -> Floats:
    """One leaf, (..., n) -> (..., n). Without a method the direction alone counts."""
    if leaf.normalise is None:
        return x * leaf.direction if leaf.direction < 0 else x
    settings = dict(leaf.normalise.settings)
    if leaf.normalise.by == "unit":  # a reference unit is named; methods know rows
        settings = {**settings, "unit": place_of(str(settings["unit"]), table, rows)}
    method = NORMALISATIONS[leaf.normalise.by]
    if "panel" in method.traits:
        if table.periods is None:
            said = f"{leaf.normalise.by} compares periods, and the table has none"
            raise Unusable([Problem(("periods",), "table.periods", said, "Add a column of periods")])
        settings |= {"units": np.array(table.units)[rows], "periods": np.array(table.periods)[rows]}
    with np.errstate(over="ignore", invalid="ignore"):
        found = np.asarray(method.run(x, direction=leaf.direction, reference=reference, **settings), dtype=np.float64)
    return finite(found)


def place_of(unit: str, table: Table, rows: Any) -> int:
    units = np.array(table.units)[rows]
    found = np.flatnonzero(units == unit)
    if not found.size:
        raise Unusable([Problem(("units",), "table.reference", f"there is no unit {unit!r}", "Add the reference unit")])
    return int(found[0])


def compared(declaration: Declaration, table: Table) -> list[Any]:
    """Rows that are seen beside one another, where outliers, classes or scores follow from what other units have."""
    if table.periods is None or declaration.over != "each-period":
        return [slice(None)]
    periods = np.array(table.periods)
    return [np.flatnonzero(periods == period) for period in dict.fromkeys(table.periods)]


def scopes(declaration: Declaration, table: Table) -> list[tuple[Any, Bools | None]]:
    """Rows that are normalised together, and which of them give the parameters."""
    base = None
    if declaration.reference is not None:
        cells = table.cells(declaration.reference)
        base = np.array([str(cell).strip() in ("1", "1.0", "true", "True", "yes") for cell in cells])
    if table.periods is None or declaration.over == "all-periods":
        return [(slice(None), base)]
    periods = np.array(table.periods)
    if declaration.over == "each-period":
        return [(rows, None if base is None else base[rows]) for rows in compared(declaration, table)]
    at_base = periods == declaration.over
    if not at_base.any():
        said = f"no row is of the base period {declaration.over!r}"
        raise Unusable([Problem(("periods",), "table.base", said, "Add rows of that period, or name another")])
    return [(slice(None), at_base if base is None else at_base & base)]


def scopes_of(leaf: Leaf, usual: list[tuple[Any, Bools | None]]) -> list[tuple[Any, Bools | None]]:
    """The scopes of a leaf: a method that compares periods needs them all, whatever holds for others."""
    if leaf.normalise is not None and "panel" in NORMALISATIONS[leaf.normalise.by].traits:
        return [(slice(None), None)]
    return usual


def grouped(choices: list[Choice | None]) -> list[tuple[Choice, list[int]]]:
    """Equal choices together, with the places of their leaves."""
    found: dict[str, tuple[Choice, list[int]]] = {}
    for place, choice in enumerate(choices):
        if choice is not None:
            found.setdefault(repr(choice), (choice, []))[1].append(place)
    return [*found.values()]


def named(leaf: Leaf, run: Any) -> Any:
    """What a stage says is wrong, with the name of the leaf it happened at."""
    try:
        return run()
    except Unusable as wrong:
        raise Unusable(
            replace(each, path=(leaf.code, *each.path), said=f"{leaf.code}: {each.said}") for each in wrong.problems
        ) from None
