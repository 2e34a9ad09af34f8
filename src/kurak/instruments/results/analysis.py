"""From a data set to scores. Calls the engine, which is fetched with its first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kurak.instruments.catalogue.models import Edition
from kurak.instruments.definitions.analysis import computed_from, from_document
from kurak.instruments.definitions.flattening import flat, is_node
from kurak.instruments.results.bringing import Brought, layout_called, nodes_of
from kurak.instruments.results.models import DataSet, Run
from kurak.instruments.results.plain import known
from kurak.instruments.results.trends.analysis import Moved, moved

DRAWS = 1000
MOST_CELLS = 4_000_000  # draws × rows × nodes that are held at once while a run is varied


@dataclass(frozen=True, slots=True)
class Line:
    """One score of a run, in plain numbers; None where there is none, and then `reason` says why."""

    node: str
    unit: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    rank: float | None
    rank_low: float | None
    rank_high: float | None
    ranked: int | None
    rank_share: float | None
    class_code: str
    class_share: float | None
    coverage: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A run before it is stored."""

    lines: tuple[Line, ...]
    trends: tuple[Moved, ...]
    engine: str
    declared: str
    made_from: str
    label: str
    draws: int
    shown: Mapping[str, Any] = field(default_factory=dict)


def declaration_of(edition: Edition, layout: str, columns: Iterable[str]) -> Any:
    """What computes the scores from these columns. Data may hold the scores of inner nodes instead of what is below."""
    definition = from_document(edition.document)
    laid_out = layout_called(edition.document, layout)
    nodes = nodes_of(edition.document, laid_out, columns)
    every = [code for code, item in flat(edition.document).items() if is_node(item)]
    if not laid_out.columns and len(nodes) == len(every):
        return definition.declaration
    return computed_from(definition, laid_out.columns, nodes, uncertain=True)


def table_of(data_set: DataSet) -> Any:
    from kurak.engines.composite import tabulate

    return tabulate(data_set.units, data_set.columns, data_set.periods)


def checked(edition: Edition, found: Brought) -> None:
    """Raises Unusable with every place where the data do not fit the edition."""
    from kurak.engines.composite import score, tabulate

    declaration = declaration_of(edition, found.layout, found.columns)
    score(declaration, tabulate(found.units, found.columns, found.periods))


def compute(data_set: DataSet, *, draws: int = DRAWS, seed: int = 0) -> Computed:
    """The scores of a data set by its edition; varied where the edition says what is uncertain."""
    from kurak.engines.composite import Undeclarable, Unusable, score
    from kurak.engines.composite.varying import vary

    declaration = declaration_of(data_set.edition, data_set.layout, data_set.columns)
    table = table_of(data_set)
    result = score(declaration, table)
    varied, why = None, list[str]()
    if draws and declaration.factors:
        nodes = nodes_varied(declaration, table.n, draws)
        try:
            varied = vary(declaration, table, draws=draws, seed=seed, nodes=nodes)
        except (
            Undeclarable,
            Unusable,
        ) as wrong:  # names what is not there, or does not bear the data
            why = [each.said for each in wrong.problems[:5]]
    codes = codes_shown(data_set.edition, declaration)
    lines = tuple(_lines(result, varied, codes))
    return Computed(
        lines, tuple(moved(result, codes)), result.engine, result.declared, result.made_from, result.label(),
        draws if varied else 0, {**_shown(result, varied), "not_varied": why},
    )  # fmt: skip


def nodes_varied(declaration: Any, rows: int, draws: int) -> list[str]:
    """The root, and its parts where there is room for them."""
    root = declaration.nodes[declaration.root]
    parts = [child.code for child in root.children if child.code in declaration.nodes]
    return [*parts, root.code] if rows * draws * (len(parts) + 1) <= MOST_CELLS else [root.code]


def recomputed(run: Run) -> Computed:
    """The same run again, from the data set it was made from."""
    if run.data_set is None:
        raise ValueError("only runs over a data set are computed again here")
    return compute(run.data_set, draws=run.draws, seed=run.seed)


def codes_shown(edition: Edition, declaration: Any) -> tuple[str, ...]:
    """Every node that is computed, and those that the data give as they are: a category is a part also where what is
    below it was not published."""
    every = flat(edition.document)
    given = [code for code in declaration.leaves if code in every and is_node(every[code])]
    return (*declaration.nodes, *given)


def _lines(result: Any, varied: Any, codes: tuple[str, ...]) -> Iterator[Line]:
    spreads = {code: _spread(varied, code) for code in (varied.outcomes.scores if varied else ())}
    place: dict[str, int] = {}
    for row in result.rows(codes):
        i = place[row.node] = place.get(row.node, -1) + 1
        spread = spreads.get(row.node)
        low, high = known(row.low), known(row.high)
        if spread:
            low, high = known(spread["scores"].low[i]), known(spread["scores"].high[i])
        elif low == high:
            low = high = None
        shares = spread["classes"] if spread else None
        yield Line(
            row.node, row.unit, row.period, known(row.score), low, high, known(row.rank),
            known(spread["ranks"].low[i]) if spread else None, known(spread["ranks"].high[i]) if spread else None,
            row.ranked or None, known(spread["holds"][i]) if spread else None, row.class_code,
            known(shares[row.class_code][i]) if shares and row.class_code else None,
            known(row.coverage), row.reason,
        )  # fmt: skip


def _spread(varied: Any, code: str) -> dict[str, Any]:
    holds = varied.holds(node=code)
    return {"scores": varied.scores(code), "ranks": varied.ranks(code), "classes": varied.classes(code), "holds": holds}


def _shown(result: Any, varied: Any) -> dict[str, Any]:
    """What pages say of the run as a whole."""
    import numpy as np

    shown: dict[str, Any] = {"notes": list(result.notes), "stood_in": _stood_in(result), "adjusted": _adjusted(result)}
    if varied is None:
        return shown
    classes = varied.class_holds()
    shown["varied"] = {
        "factors": list(varied.factors),
        "excluded": list(varied.excluded),
        "mean_shift": _over(np.nanmean, varied.shift()),
        "spearman": _over(np.nanmedian, varied.spearman()),
        "rank_holds": _over(np.nanmean, varied.holds()),
        "class_holds": None if classes is None else _over(np.nanmean, classes),
    }
    return shown


def _over(of: Callable[[Any], Any], values: Any) -> float | None:
    """A mean or median of what is there; None where nothing is."""
    import numpy as np

    return known(of(values)) if np.isfinite(values).any() else None


def _stood_in(result: Any) -> list[dict[str, Any]]:
    """Where another value stood in for a missing part, by row."""
    found = []
    for (node, child), rows in result.stood_in.items():
        units = [result.table.row(int(place)) for place in rows.nonzero()[0]]
        if units:
            found.append({"node": node, "child": child, "rows": len(units), "units": units[:200]})
    return found


def _adjusted(result: Any) -> list[dict[str, Any]]:
    return [{"node": each.node, "code": each.code, "by": each.by, "rows": len(each.rows)} for each in result.adjusted]


def path_up(run: Run, unit: str, period: str) -> Any:
    """The least change that moves a unit into the next class; None where the edition has no classes, or no data."""
    from kurak.engines.composite.rising import rise

    if run.data_set is None:
        return None
    declaration = declaration_of(run.edition, run.data_set.layout, run.data_set.columns)
    table = table_of(run.data_set)
    if declaration.nodes[declaration.root].classes is None:
        return None
    return rise(declaration, table, (unit, period) if table.periods else unit)
