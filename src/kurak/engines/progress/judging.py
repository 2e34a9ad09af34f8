"""Series judged by each method, which method to print first, and where they contradict one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.progress.distances import sdg_index, unescap
from kurak.engines.progress.growth import eurostat, open_sdg, un_chart
from kurak.engines.progress.panel import Panel, panel
from kurak.engines.progress.series import Series, Target
from kurak.engines.progress.verdicts import ACHIEVED, AWAY, ON_TRACK, SLOW, STAGNATING, Found, Verdict, verdicts

METHODS: Mapping[str, tuple[str, str]] = {  # code → letter in our documentation, name
    "open-sdg": ("A", "Open SDG / Statistics Canada"),
    "eurostat": ("B", "Eurostat"),
    "un-chart": ("C", "UN Progress Chart"),
    "unescap": ("D", "UNESCAP"),
    "sdg-index": ("E", "SDG Index"),
}
GROUPS = {ACHIEVED: "good", ON_TRACK: "good", SLOW: "slow", STAGNATING: "slow", AWAY: "away"}
LONG_SERIES = 8  # values: from here on the headline is UNESCAP's, which uses them all
ORDER_LONG = ("unescap", "open-sdg", "sdg-index", "un-chart", "eurostat")
ORDER_SHORT = ("open-sdg", "unescap", "sdg-index", "un-chart", "eurostat")


@dataclass(frozen=True, slots=True)
class Judged:
    """verdicts: by method. headline: the method to print first, None where none can judge; why: the rule that chose."""

    verdicts: Mapping[str, Verdict]
    headline: str | None
    why: str

    @property
    def verdict(self) -> Verdict | None:
        return None if self.headline is None else self.verdicts[self.headline]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Of the methods that can judge: contradict, they are in more than one of good (achieved, on track), slow (too
    slow, stagnating) and away; opposite, in both good and away. groups: which methods say what."""

    contradict: bool
    opposite: bool
    groups: Mapping[str, tuple[str, ...]]


def judge_many(
    many: Sequence[Series],
    targets: Sequence[Target] | Target,
    *,
    methods: Sequence[str] = tuple(METHODS),
    now: float | None = None,
    careful: bool = True,
) -> list[Judged]:
    """Each of n series with its target (one for all, or n) by each method.

    now: the year of judging: a series whose last value is older than five years is not judged; None: not asked.
    careful: the project's rules (no growth rate from zero or below, a lost target is no progress); False: the formulas
    as published. Raises Unusable for an unknown method or another number of targets.

    >>> from kurak.engines.progress.series import series
    >>> found = judge_many([series([2015, 2018], [50.0, 62.0])], Target(100.0))[0]
    >>> found.headline, found.verdict.status, round(found.verdict.inputs["ratio"], 3)
    ('open-sdg', 'substantial-progress', 1.572)
    """
    held = [targets] * len(many) if isinstance(targets, Target) else list(targets)
    _check(many, held, methods)
    over = panel(many, held, now)
    columns = {method: verdicts(method, found(over, method, careful=careful)) for method in methods}
    return [
        _judged({method: columns[method][place] for method in methods}, each.times.size)
        for place, each in enumerate(many)
    ]


def found(over: Panel, method: str, *, careful: bool = True) -> Found:
    """One method over a panel, as arrays (n,)."""
    growing: dict[str, Callable[..., Found]] = {"open-sdg": open_sdg, "eurostat": eurostat, "un-chart": un_chart}
    if method in growing:
        return growing[method](over, careful=careful)
    return unescap(over) if method == "unescap" else sdg_index(over)


def judge_all(one: Series, target: Target | None = None, *, now: float | None = None, careful: bool = True) -> Judged:
    """One series by all five methods. Arguments as of judge_many; without a target only its direction is judged.

    >>> from kurak.engines.progress.series import series
    >>> found = judge_all(series(range(2010, 2020), [float(each) for each in range(10)], direction=-1), Target(0.0))
    >>> found.headline, found.verdict.status, found.verdicts["sdg-index"].status
    ('unescap', 'reverse', 'decreasing')
    """
    return judge_many([one], target or Target(), now=now, careful=careful)[0]


def judge(
    one: Series, target: Target | None = None, *, method: str, now: float | None = None, careful: bool = True
) -> Verdict:
    """One series by one method. Arguments as of judge_many.

    >>> from kurak.engines.progress.series import series
    >>> judge(series([2015], [1.0]), Target(2.0), method="un-chart").because
    'there are fewer than two values since the base year'
    """
    held = target or Target()
    return judge_many([one], held, methods=[method], now=now, careful=careful)[0].verdicts[method]


def _judged(by_method: Mapping[str, Verdict], n: int) -> Judged:
    rule, order = ("long", ORDER_LONG) if n >= LONG_SERIES else ("short", ORDER_SHORT)
    can = [method for method in order if method in by_method and by_method[method].status is not None]
    if not can:
        return Judged(by_method, None, "no method can judge it")
    said = f"{rule} series ({n} values): {METHODS[order[0]][1]} first"
    if can[0] != order[0]:
        said += f"; {'not chosen' if order[0] not in by_method else 'it cannot judge'}, so {METHODS[can[0]][1]}"
    return Judged(by_method, can[0], said)


def disagreement(judged: Judged | Mapping[str, Verdict]) -> Disagreement:
    """Whether the methods contradict one another over one series.

    >>> from kurak.engines.progress.series import series
    >>> falling_late = series([2010, 2012, 2015, 2016, 2017, 2018], [10.0, 30.0, 80.0, 85.0, 90.0, 78.0])
    >>> found = disagreement(judge_all(falling_late, Target(100.0)))
    >>> found.opposite, found.groups["away"]
    (True, ('open-sdg', 'eurostat', 'un-chart', 'sdg-index'))
    """
    by_method = judged.verdicts if isinstance(judged, Judged) else judged
    groups: dict[str, tuple[str, ...]] = {}
    for method, verdict in by_method.items():
        if verdict.step in GROUPS:
            groups[GROUPS[verdict.step]] = (*groups.get(GROUPS[verdict.step], ()), method)
    return Disagreement(len(groups) > 1, {"good", "away"} <= set(groups), groups)


def _check(many: Sequence[Series], targets: Sequence[Target], methods: Sequence[str]) -> None:
    wrong = [
        Problem(("methods", place), "progress.method", f"there is no method {name!r}", f"Name: {', '.join(METHODS)}")
        for place, name in enumerate(methods)
        if name not in METHODS
    ]
    if len(many) != len(targets):
        said = f"there are {len(many)} series and {len(targets)} targets"
        wrong.append(Problem(("targets",), "progress.lengths", said, "Give one target for all, or one for each"))
    if wrong:
        raise Unusable(wrong)
