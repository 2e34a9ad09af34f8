"""What the pages of budgets show."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.commitments.agendas.models import Agenda
from kurak.commitments.budgets import analysis, queries, rules
from kurak.commitments.budgets.analysis import EXPENDITURE, REVENUE, Judged, Pace, Part
from kurak.commitments.budgets.classes.files import functions, type_of, types
from kurak.commitments.budgets.kinds import title_of, title_of_line
from kurak.commitments.budgets.models import Budget, BudgetLine
from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.citing import Citation
from kurak.ground.publishing.figures import grouped
from kurak.ground.publishing.figures import lines as lines_over_time
from kurak.instruments.catalogue.models import Edition

GROUPS: dict[str, Any] = {
    "function": (_l("By function"), analysis.division),
    "type": (_l("By economic type"), lambda line: type_of(line.economic)),
    "office": (_l("By who spends"), lambda line: line.office),
}
PEFA = {
    "PI-1": _l("Expenditure, of the approved budget"),
    "PI-2.1": _l("Spent elsewhere than planned, by function"),
    "PI-2.2": _l("Spent elsewhere than planned, by economic type"),
    "PI-2.3": _l("Charged to contingency, of the approved budget"),
    "PI-3.1": _l("Revenue, of the approved budget"),
}
CARD = "local-report-card"


def here() -> str:
    return get_language() or "en"


def name_of(group: str, code: str) -> str:
    """What a group of lines is called."""
    if not code:
        return _("Not said")
    if group == "office":
        return code
    known = (functions() if group == "function" else types()).get(code)
    return f"{code} {known.into(here())}" if known else code


def overview(person: Any) -> dict[str, Any]:
    rows = []
    for budget in queries.published().prefetch_related("lines").order_by("place__code", "-year"):
        lines = [each for each in budget.lines.all() if each.side == EXPENDITURE]
        rows.append((budget, analysis.total(lines), len(budget.lines.all())))
    return {"rows": rows, "brings": queries.places_of(person).exists() if rules.may_answer(person) else False}


def budget_page(budget: Budget, person: Any, by: str, request: HttpRequest) -> dict[str, Any]:
    lines = list(queries.lines_of(budget))
    out, into = ([each for each in lines if each.side == side] for side in (EXPENDITURE, REVENUE))
    years = queries.of_place(budget.place, budget.year)
    earlier = [each for each in years if each.year < budget.year]
    pace = analysis.pace(budget, earlier)
    expected = pace.expected if pace else math.nan
    group = by if by in GROUPS else "function"
    key: Callable[[BudgetLine], str] = GROUPS[group][1]
    rows = [
        (name_of(group, part.name), part) for part in sorted(analysis.parts(out, key, expected=expected), key=_by_size)
    ]
    return {
        "budget": budget, "title": title_of(budget), "spending": analysis.total(out, expected=expected),
        "income": analysis.total(into), "pace": pace, "ahead": _ahead(pace), "rows": rows, "by": group,
        "groups": [(code, said) for code, (said, _key) in GROUPS.items()],
        "chart": _execution(rows, budget), "course": _course(budget, earlier), "months": analysis.months(budget),
        "judged": [(each, PEFA[each.indicator], _years(each)) for each in analysis.judged(years)],
        "years": [each.year for each in years if each.month == 12],
        "sides": [(EXPENDITURE.label, _shown(out)), (REVENUE.label, _shown(into))],
        "card": Edition.objects.filter(instrument__code=CARD, status=Edition.Status.PUBLISHED).exists(),
        "citation": citation_of(budget, request), "brings": rules.may_bring(person, budget.place),
        "command": f"kurak budgets import FILE --place {budget.place.code} --year {budget.year}",
    }  # fmt: skip


def _by_size(part: Part) -> Any:
    return -part.adjusted


def _ahead(pace: Pace | None) -> float | None:
    return None if pace is None or pace.share is None else pace.share - pace.expected


def _shown(lines: Sequence[BudgetLine]) -> list[tuple[BudgetLine, Part]]:
    found = analysis.parts(lines, lambda line: line.code)
    return list(zip(lines, found, strict=True))


def _years(each: Judged) -> list[tuple[int, float]]:
    return sorted(each.values.items())


def percent(value: float | None) -> float | None:
    return None if value is None else round(value * 100, 1)


def _execution(rows: Sequence[tuple[str, Part]], budget: Budget) -> SafeString | None:
    named = [(name, part) for name, part in rows if part.of_adjusted is not None]
    if not named:
        return None
    adjusted, approved = _("of the plan as it stands, %"), _("of the plan as first approved, %")
    values = [
        (name, {adjusted: percent(part.of_adjusted), approved: percent(part.of_approved)}) for name, part in named
    ]
    told = "; ".join(f"{name}: {round((part.of_adjusted or 0) * 100)} %" for name, part in named)
    title = _("Executed of %(budget)s") % {"budget": title_of(budget)}
    return chart(grouped(values, axis=_("executed, %")), title=title, description=told)


def _course(budget: Budget, earlier: Sequence[Budget]) -> SafeString | None:
    """The share spent by the end of each month, this year and before."""
    found = {str(each.year): [(float(month), share * 100) for month, share in analysis.months(each)]
             for each in [*earlier[-analysis.YEARS_OF_PACE:], budget]}  # fmt: skip
    found = {year: points for year, points in found.items() if len(points) > 1}
    if not found:
        return None
    told = "; ".join(f"{year}: {points[-1][1]:.0f} %" for year, points in found.items())
    return chart(lines_over_time(found, axis=_("spent by the end of the month, %")),
                 title=_("Spending month by month"), description=told)  # fmt: skip


def line_page(line: BudgetLine, person: Any, request: HttpRequest) -> dict[str, Any]:
    budget = line.budget
    years = queries.same_line(line)
    asked = budget.status == Budget.Status.PUBLISHED and line.side == EXPENDITURE
    residents = queries.residents_of(line) if asked else None
    function = functions().get(line.functional)
    return {
        "line": line, "budget": budget, "part": _shown([line])[0][1], "title": title_of(budget),
        "function": function.into(here()) if function else "", "type": types().get(type_of(line.economic)),
        "spending": [(each, float(each.amount / line.plan) if line.plan else None) for each in line.spending.all()],
        "years": [(each, _shown([each])[0][1]) for each in years] if len(years) > 1 else [],
        "commitments": [each for each in line.commitments.all() if each.agenda.status != Agenda.Status.DRAFT],
        "asked": asked, "residents": residents, "photos": queries.photos_of(line) if asked else [],
        "own": queries.own_answer(line, person), "brings": rules.may_bring(person, budget.place),
        "citation": citation_of(budget, request, title_of_line(line)), "where": line.place or budget.place,
    }  # fmt: skip


def paying_for(commitment: Any) -> list[tuple[BudgetLine, Part]]:
    """Lines of published budgets linked to a commitment, each with its shares; newest year first."""
    return [(each, analysis.parts([each], lambda line: line.code)[0]) for each in queries.paying_for(commitment)]


def citation_of(budget: Budget, request: HttpRequest, title: str = "") -> Citation:
    day = (budget.published_at or budget.brought_at).date()
    return Citation(title or title_of(budget), day, url=request.build_absolute_uri(request.path))
