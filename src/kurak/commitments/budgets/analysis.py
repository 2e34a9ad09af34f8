"""Lines of budgets → the engine → shares, pace and scores. The only place here that calls an engine."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kurak.commitments.budgets.classes.files import type_of
from kurak.commitments.budgets.models import Budget, BudgetLine, Spending

EXPENDITURE = BudgetLine.Side.EXPENDITURE
REVENUE = BudgetLine.Side.REVENUE
YEARS_OF_PACE = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A line or several together. Shares are of 1; None where they cannot be said."""

    name: str
    approved: Decimal
    adjusted: Decimal
    spent: Decimal | None
    of_adjusted: float | None
    of_approved: float | None
    ahead: float | None
    many: int  # lines
    unknown: int  # of these, lines whose spending is not known: left out of the shares


@dataclass(frozen=True, slots=True)
class Pace:
    month: int
    share: float | None
    expected: float
    years: tuple[int, ...]  # earlier ones that the expectation rests on; none: the same for every month


def period_of(budget: Budget) -> tuple[dt.date, dt.date]:
    last = calendar.monthrange(budget.year, budget.month)[1]
    return dt.date(budget.year, 1, 1), dt.date(budget.year, budget.month, last)


def parts(
    lines: Sequence[BudgetLine], by: Callable[[BudgetLine], str], *, expected: float = math.nan
) -> list[Part]:  # fmt: skip
    """Lines summed by a key, in the order in which they come. A line whose spending is not known is in the plan of the
    part and left out of its shares: missing is not zero."""
    from kurak.engines.budget import execution

    grouped: dict[str, list[BudgetLine]] = {}
    for line in lines:
        grouped.setdefault(by(line), []).append(line)
    known = {name: [each for each in rows if each.executed is not None] for name, rows in grouped.items()}
    paid = {name: sum((each.executed or Decimal(0) for each in rows), Decimal(0)) for name, rows in known.items()}
    names = list(grouped)
    spent = [float(paid[name]) if known[name] else math.nan for name in names]
    found = execution(
        spent,
        approved=[float(sum(each.approved for each in known[name])) for name in names],
        adjusted=[float(sum(each.plan for each in known[name])) for name in names],
        expected=expected,
    )
    return [
        Part(
            name, sum((each.approved for each in grouped[name]), Decimal(0)),
            sum((each.plan for each in grouped[name]), Decimal(0)),
            paid[name] if known[name] else None,
            _said(found.of_adjusted[at]), _said(found.of_approved[at]), _said(found.ahead[at]),
            len(grouped[name]), len(grouped[name]) - len(known[name]),
        )
        for at, name in enumerate(names)
    ]  # fmt: skip


def _said(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def total(lines: Sequence[BudgetLine], *, expected: float = math.nan) -> Part | None:
    return next(iter(parts(lines, lambda _line: "", expected=expected)), None)


def shares_by_function(budget: Budget) -> dict[str, dict[str, float | None]]:
    """{"": the whole, "09": ...} of expenditure, against the plan as it stands and as it was first approved."""
    lines = list(budget.lines.filter(side=EXPENDITURE))
    rows = [*parts(lines, lambda _line: ""), *parts([each for each in lines if each.functional], division)]
    return {row.name: {"adjusted": row.of_adjusted, "approved": row.of_approved} for row in rows}


def division(line: BudgetLine) -> str:
    return line.functional[:2]


def pace(budget: Budget, earlier: Iterable[Budget]) -> Pace | None:
    """Whether much or little was spent for the time of the year; None where no month is known."""
    from kurak.engines.budget import expected_share

    if not budget.month:
        return None
    found = {each.year: _by_month(each) for each in sorted(earlier, key=lambda each: each.year)}
    whole = {year: months for year, months in found.items() if months is not None and months[-1] > 0}
    years = list(whole)[-YEARS_OF_PACE:]
    expected = expected_share(budget.month, [whole[year] for year in years])
    lines = total(list(budget.lines.filter(side=EXPENDITURE)))
    return Pace(budget.month, lines.of_adjusted if lines else None, expected, tuple(years))


def _by_month(budget: Budget) -> list[float] | None:
    """What was spent by the end of each month; None where a line has a gap."""
    lines = list(budget.lines.filter(side=EXPENDITURE).values_list("pk", flat=True))
    found: dict[int, list[float]] = {}
    for month, amount in Spending.objects.filter(line__in=lines).values_list("month", "amount").order_by():
        found.setdefault(month, []).append(float(amount))
    if not lines or any(len(found.get(month, ())) != len(lines) for month in range(1, 13)):
        return None
    return [sum(found[month]) for month in range(1, 13)]


def months(budget: Budget) -> list[tuple[int, float]]:
    """(month, spent by its end of the adjusted plan), of the months in which every line of expenditure is known."""
    lines = list(budget.lines.filter(side=EXPENDITURE))
    plan = float(sum(each.plan for each in lines))
    found: dict[int, list[float]] = {}
    of_lines = Spending.objects.filter(line__in=[each.pk for each in lines])
    for month, amount in of_lines.values_list("month", "amount").order_by():
        found.setdefault(month, []).append(float(amount))
    whole = [month for month, amounts in sorted(found.items()) if len(amounts) == len(lines)]
    return [(month, sum(found[month]) / plan) for month in whole] if plan > 0 else []


@dataclass(frozen=True, slots=True)
class Judged:
    """A PEFA indicator over whole years: the value of each year, and a letter where there are enough."""

    indicator: str
    values: dict[int, float]
    letter: str
    reason: str
    verified: bool


def judged(budgets: Iterable[Budget]) -> list[Judged]:
    """PI-1, 2.1, 2.2, 2.3 and 3.1 over the whole years of a place."""
    from kurak.engines import budget as engine

    rows = sorted((each for each in budgets if each.month == 12), key=lambda each: each.year)
    lines = {each.year: list(each.lines.all()) for each in rows}
    spending = {year: [each for each in its if each.side == EXPENDITURE and each.executed is not None]
                for year, its in lines.items()}  # fmt: skip
    income = {year: [each for each in its if each.side == REVENUE and each.executed is not None]
              for year, its in lines.items()}  # fmt: skip
    spending = {year: its for year, its in spending.items() if its}
    income = {year: its for year, its in income.items() if its}
    found = []
    approved, paid = _sums(spending.values())
    found.append(
        _judged(engine.outturn(approved, paid), spending, [_ratio(a, p) for a, p in zip(approved, paid, strict=True)])
    )
    for by, key in (("function", division), ("type", lambda line: type_of(line.economic))):
        years = [_columns([each for each in its if not each.special and key(each)], key) for its in spending.values()]
        values = [engine.variance(*each) if each[0] else math.nan for each in years]
        found.append(_judged(engine.composition_variance(years, by=by), spending, values))
    reserves = [
        _ratio(sum(float(each.approved) for each in its),
               sum(float(each.executed or 0) for each in its if each.special == BudgetLine.Special.CONTINGENCY))
        for its in spending.values()
    ]  # fmt: skip
    found.append(_judged(engine.contingency(reserves), spending, reserves))
    planned, received = _sums(income.values())
    found.append(
        _judged(
            engine.revenue(planned, received), income, [_ratio(a, p) for a, p in zip(planned, received, strict=True)]
        )
    )
    return found


def _judged(score, years: dict[int, list[BudgetLine]], values: Sequence[float]) -> Judged:
    told = {year: value for year, value in zip(years, values, strict=True) if math.isfinite(value)}
    return Judged(score.indicator, told, score.letter, score.reason, score.verified)


def _sums(years: Iterable[list[BudgetLine]]) -> tuple[list[float], list[float]]:
    rows = list(years)
    return (
        [float(sum(each.approved for each in its)) for its in rows],
        [float(sum(each.executed or 0 for each in its)) for its in rows],
    )


def _ratio(plan: float, paid: float) -> float:
    return paid / plan if plan > 0 else math.nan


def _columns(lines: Sequence[BudgetLine], key: Callable[[BudgetLine], str]) -> tuple[list[float], list[float]]:
    """Planned and spent, summed by the key."""
    summed: dict[str, list[float]] = {}
    for line in lines:
        pair = summed.setdefault(key(line), [0.0, 0.0])
        pair[0] += float(line.approved)
        pair[1] += float(line.executed or 0)
    return [pair[0] for pair in summed.values()], [pair[1] for pair in summed.values()]


def interval(yes: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, 90 %."""
    import numpy as np

    from kurak.engines.opinion.intervals import wilson

    low, high = wilson(np.array([yes]), np.array([of]))
    return float(low[0]), float(high[0])
