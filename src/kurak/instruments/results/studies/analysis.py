"""A declaration and its data, studied. Calls the engine; what comes out is plain and can be stored.

Three questions: what drives the order (Sobol indices), whether parts of a node go together on these data (coherence),
and what each part is worth (the index without it)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

N = 1024
SMALLEST = 64
MOST_WORK = 40_000_000  # rows × runs that are computed for what drives the order
MOST_ROWS = 400  # up to which it is said of each unit too
FEWEST_UNITS = 5  # from which correlations say anything
CURVED = 20  # units from which a curve may be fitted; with fewer, what a part accounts for is its squared correlation
SAME, AGAINST = 0.92, -0.4  # correlations from which two parts are flagged; OECD/JRC (2008) and COINr use the like


def studied(declaration: Any, table: Any, *, n: int = N, seed: int = 0) -> dict[str, Any]:
    """All three, as plain values: {drivers, coherence, worth}."""
    from kurak.engines.composite import score

    result = score(declaration, table)
    return {
        "drivers": drivers(declaration, table, n=affordable(declaration, table.n, n), seed=seed),
        "coherence": [*coherence(result)],
        "worth": worth(result),
    }


def affordable(declaration: Any, rows: int, n: int) -> int:
    """The largest power of two up to n whose runs stay within what is computed at most."""
    factors = min(10, max(1, len(declaration.factors)))
    while n > SMALLEST and rows * n * (factors + 2) > MOST_WORK:
        n //= 2
    return n


def drivers(declaration: Any, table: Any, *, n: int, seed: int) -> dict[str, Any]:
    """Sobol indices of the mean change of rank; of the scores, where nobody is ranked. `why` where nothing varies."""
    from kurak.engines.composite import Undeclarable, Unusable
    from kurak.engines.composite.varying import sensitivity

    ranked = rule_of(declaration).shown
    try:
        found = sensitivity(declaration, table, n=n, seed=seed, each_unit=table.n <= MOST_ROWS or not ranked)
    except (Undeclarable, Unusable) as wrong:  # nothing varies, or a method does not bear these data
        return {"factors": [], "why": [each.said for each in wrong.problems]}
    shift = found.shift if ranked else None
    factors = [_driver(found, shift, place, name) for place, name in enumerate(found.factors)]
    screened = found.screened and [
        {"factor": name, "effect": known(mean), "spread": known(spread)}
        for name, mean, spread in zip(found.screened[0], found.screened[1].mean, found.screened[1].spread, strict=True)
    ]
    return {
        "node": found.node, "outcome": "rank" if ranked else "score", "n": found.n, "seed": found.seed,
        "runs": found.runs, "factors": factors, "screened": screened, "excluded": list(found.excluded),
        "units": [*_of_units(found.rank if ranked else found.score, found.factors, table)],
    }  # fmt: skip


def rule_of(declaration: Any) -> Any:
    return declaration.nodes[declaration.root].ranks or declaration.ranks


def _driver(found: Any, shift: Any, place: int, name: str) -> dict[str, Any]:
    if shift is None:
        return {"factor": name, **_of_scores(found.score, place)}
    ends = (shift.first_range, shift.total_range)
    spans = [(None, None) if each is None else tuple(known(end) for end in each[:, place]) for each in ends]
    return {
        "factor": name, "first": known(shift.first[place]), "first_low": spans[0][0], "first_high": spans[0][1],
        "total": known(shift.total[place]), "total_low": spans[1][0], "total_high": spans[1][1],
    }  # fmt: skip


def _of_scores(found: Any, place: int) -> dict[str, Any]:
    """The mean over all units, each with the variance it has: the share of all variance a factor explains."""
    import numpy as np

    there = ~np.isnan(found.total[place])
    whole = float(found.variance[there].sum())
    told: dict[str, Any] = {}
    for key, each in (("first", found.first[place]), ("total", found.total[place])):
        told |= {key: known((each[there] * found.variance[there]).sum() / whole) if whole > 0 else None,
                 f"{key}_low": None, f"{key}_high": None}  # fmt: skip
    return told


def _of_units(found: Any, factors: tuple[str, ...], table: Any) -> Iterator[dict[str, Any]]:
    """Of every unit whose outcome varies: the total index of each factor."""
    for row in range(table.n if found is not None else 0):
        total = [known(each) for each in found.total[:, row]]
        if any(each is not None for each in total):
            period = table.periods[row] if table.periods else ""
            yield {"unit": table.units[row], "period": period, "total": dict(zip(factors, total, strict=True))}


def coherence(result: Any) -> Iterator[dict[str, Any]]:
    """Of every node with two parts or more, on the units of the latest period; parents first."""
    import numpy as np

    table = result.table
    latest = max(table.periods) if table.periods else None
    rows = np.array([latest is None or each == latest for each in table.periods or [None] * table.n])
    if rows.sum() < FEWEST_UNITS:
        return
    for code in reversed([*result.declaration.nodes]):
        codes, weights = parts_of(result.declaration, code)
        if len(codes) > 1:
            values = np.column_stack([_values(result, each)[rows] for each in codes])
            yield {"node": code, "period": latest or "", "units": int(rows.sum()),
                   **_together(codes, weights, values, result.scores[code][rows])}  # fmt: skip


def parts_of(declaration: Any, code: str) -> tuple[list[str], list[float] | None]:
    """The parts of a node, and their shares of the weight; a formula has parts and no weights."""
    node = declaration.nodes[code]
    if not node.children:
        named = sorted(node.formula.names) if node.formula else []
        return [each for each in named if each in declaration.nodes or each in declaration.leaves], None
    whole = sum(child.weight for child in node.children)
    return [child.code for child in node.children], [child.weight / whole for child in node.children] if whole else None


def _values(result: Any, code: str) -> Any:
    """What is combined: scores of nodes, normalised values of leaves."""
    return result.scores[code] if code in result.declaration.nodes else result.prepared.column(code)


def _together(codes: list[str], weights: list[float] | None, values: Any, score: Any) -> dict[str, Any]:
    import numpy as np

    from kurak.engines.composite.coherence.consistency import consistency
    from kurak.engines.composite.coherence.correlating import pearson
    from kurak.engines.composite.coherence.importance import importance

    accounts = importance(values, score)
    matrix, main = pearson(values), accounts.main if len(values) >= CURVED else accounts.linear
    found: dict[str, Any] = {"alpha": None, "mean_correlation": None}
    rest: list[float | None] = [None] * len(codes)
    dropped = rest
    if weights is not None:  # alpha of what a formula takes off from each other means nothing
        with np.errstate(all="ignore"):
            same = consistency(values)
        found = {"alpha": known(same.alpha), "mean_correlation": known(same.mean_correlation)}
        rest, dropped = [known(each) for each in same.rest], [known(each) for each in same.dropped]
    parts = [
        {"code": code, "weight": None if weights is None else weights[place], "importance": known(main[place]),
         "with_rest": rest[place], "alpha_without": dropped[place]}
        for place, code in enumerate(codes)
    ]  # fmt: skip
    return {**found, "parts": parts, "correlations": [[known(each) for each in row] for row in matrix.tolist()],
            "flags": [*_flags(codes, matrix)] if weights is not None else []}  # fmt: skip


def _flags(codes: list[str], matrix: Any) -> Iterator[dict[str, Any]]:
    """Pairs that say the same twice, and pairs that pull against each other inside one mean."""
    for i, one in enumerate(codes):
        for j in range(i + 1, len(codes)):
            r = float(matrix[i, j])
            if r >= SAME or r <= AGAINST:
                yield {"flag": "same" if r >= SAME else "against", "one": one, "other": codes[j], "r": r}


def worth(result: Any) -> dict[str, Any]:
    """The index without each part, one at a time: how far units move, and which moves most. Where nobody is ranked,
    how far scores move."""
    import numpy as np

    from kurak.engines.composite.varying import leave_out

    declaration, table = result.declaration, result.table
    found = leave_out(declaration, table)
    ranked = rule_of(declaration).shown
    moved = np.abs(found.ranks - found.nominal_ranks) if ranked else np.abs(found.scores - found.nominal_scores)
    told = []
    for code, each in zip(found.codes, moved, strict=True):
        there = ~np.isnan(each)
        if there.any():
            most = int(np.nanargmax(each))
            period = table.periods[most] if table.periods else ""
            told.append({"code": code, "moved": float(each[there].mean()), "most": float(each[most]),
                         "unit": table.units[most], "period": period})  # fmt: skip
    told.sort(key=lambda each: -each["moved"])
    return {"outcome": "rank" if ranked else "score", "parts": told, "bound": list(found.bound)}


def known(value: Any) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def study_of(run: Any, *, n: int, seed: int) -> dict[str, Any]:
    """Of a run over a data set."""
    from kurak.instruments.results.analysis import declaration_of, table_of

    data_set = run.data_set
    declaration = declaration_of(run.edition, data_set.layout, data_set.columns)
    return studied(declaration, table_of(data_set), n=n, seed=seed)
