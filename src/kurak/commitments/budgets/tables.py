"""Published budgets and their lines, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from kurak.commitments.budgets import queries
from kurak.commitments.budgets.models import Budget, BudgetLine
from kurak.ground.publishing.tables import Column, Row, Table, content_version

LINES = (
    Column("place", "code of the place"), Column("year", "of the budget", "integer"), Column("code", "of the line"),
    Column("side", "expenditure or revenue"), Column("language", "of the title"), Column("title", "what it is for"),
    Column("functional", "COFOG code"), Column("economic", "as its government writes it"),
    Column("office", "who spends it"), Column("special", "contingency or interest"),
    Column("currency", "ISO 4217"), Column("approved", "plan as it was approved", "number"),
    Column("adjusted", "plan as it stands; empty: never changed", "number"),
    Column("executed", "until the end of the month; empty: not known", "number"),
    Column("month", "1 to 12; 12: the whole year; 0: not known", "integer"),
    *(Column(f"m{month:02}", "spent from January until the end of the month", "number") for month in range(1, 13)),
    Column("commitments", "agenda/code, with semicolons between"),
)  # fmt: skip


def rows_of(budgets: Iterable[Budget]) -> Iterator[Row]:
    for budget in budgets:
        lines = budget.lines.prefetch_related("spending", "commitments__agenda").order_by("position")
        for line in lines:
            yield [*_head(budget, line), *_months(line), _links(line)]


def _head(budget: Budget, line: BudgetLine) -> list[object]:
    return [
        budget.place.code, budget.year, line.code, line.side, line.title.language, line.title.body,
        line.functional or None, line.economic or None, line.office or None, line.special or None, budget.currency,
        line.approved, line.adjusted, line.executed, budget.month,
    ]  # fmt: skip


def _months(line: BudgetLine) -> list[object]:
    spent = {each.month: each.amount for each in line.spending.all()}
    return [spent.get(month) for month in range(1, 13)]


def _links(line: BudgetLine) -> str | None:
    shown = [each for each in line.commitments.all() if each.agenda.status != "draft"]
    return ";".join(f"{each.agenda.code}/{each.code}" for each in shown) or None


def budgets() -> Iterator[Row]:
    for each in queries.published().order_by("place__code", "year"):
        yield [each.place.code, each.year, each.currency, each.month, each.source, each.url or None,
               each.sha256 or None, each.invented, each.published_at]  # fmt: skip


def lines() -> Iterator[Row]:
    yield from rows_of(queries.published().order_by("place__code", "year"))


TABLES = (
    Table(
        "budgets", _("Budgets"), _("Published budgets of places, one row a year."),
        (Column("place", "code of the place"), Column("year", "of the budget", "integer"),
         Column("currency", "ISO 4217"), Column("month", "spent until its end; 12: the whole year", "integer"),
         Column("source", "the document"), Column("url", "where it was published"),
         Column("sha256", "of the file it was read from"), Column("invented", "a sample, of no real place", "boolean"),
         Column("published_at", "when", "datetime")),
        budgets, content_version(budgets), ("place", "year"),
    ),
    Table(
        "budget-lines", _("Lines of budgets"),
        _("What was approved, adjusted and executed, line by line and month by month."),
        LINES, lines, content_version(lines), ("place", "year", "code"),
    ),
)  # fmt: skip
