"""What can be asked about budgets."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from kurak.commitments.budgets import analysis, rules
from kurak.commitments.budgets.models import AnswerPhoto, Budget, BudgetFile, BudgetLine, ResidentAnswer
from kurak.ground.people.models import Person
from kurak.ground.people.queries import coordinated
from kurak.ground.people.rules import Role
from kurak.ground.places.models import Place
from kurak.ground.safety import releases
from kurak.ground.safety.counts import Guarded
from kurak.ground.trail.kinds import LARGEST

Status = Budget.Status


def published() -> QuerySet[Budget]:
    return Budget.objects.filter(status=Status.PUBLISHED).select_related("place")


def budget_called(place: str, year: int, person: Any = None) -> Budget:
    """The budget, if this reader may see it; for everybody else there is none."""
    rows = Budget.objects.select_related("place", "agenda")
    found = get_object_or_404(rows, place__code__iexact=place, year=year if year < 10_000 else 0)
    return found if rules.may_see(person, found) else get_object_or_404(Budget.objects.none())


def lines_of(budget: Budget) -> QuerySet[BudgetLine]:
    return budget.lines.select_related("place").prefetch_related("commitments__agenda")


def line_called(budget: Budget, code: str) -> BudgetLine:
    line = get_object_or_404(lines_of(budget), code=code)
    line.budget = budget
    return line


def of_place(place: Place, until: int) -> list[Budget]:
    """Published budgets of a place up to a year, oldest first, with their lines."""
    return list(published().filter(place=place, year__lte=until).prefetch_related("lines").order_by("year"))


def paying_for(commitment: Any) -> QuerySet[BudgetLine]:
    rows = BudgetLine.objects.filter(commitments=commitment, budget__status=Status.PUBLISHED)
    return rows.select_related("budget__place").order_by("-budget__year", "position")[:100]


def same_line(line: BudgetLine) -> list[BudgetLine]:
    """The line of this code in the published budgets of the place, oldest first."""
    rows = BudgetLine.objects.filter(code=line.code, budget__place=line.budget.place, budget__status=Status.PUBLISHED)
    return list(rows.select_related("budget__place").order_by("budget__year"))


def with_lines(budgets: QuerySet[Budget]) -> QuerySet[Budget]:
    return budgets.annotate(many=Count("lines"))


def brought_by_staff_of(person: Person) -> QuerySet[Budget]:
    """Every budget of the places that this person may bring budgets in for."""
    return Budget.objects.filter(place__in=places_of(person)).select_related("place").order_by("place__code", "-year")


def places_of(person: Person) -> QuerySet[Place]:
    """Places where this person is an analyst or coordinator, and all inside."""
    granted = person.grants.filter(role__in=[Role.ANALYST, Role.COORDINATOR]).select_related("place")
    pks: set[int] = set()
    for each in granted:
        pks |= set(each.place.descendants(include_self=True).values_list("pk", flat=True))
    return Place.objects.filter(pk__in=pks)


def files_of(person: Person) -> QuerySet[BudgetFile]:
    return BudgetFile.objects.filter(sent_by=person).select_related("place")


def file_of(person: Person, pk: int) -> BudgetFile:
    return get_object_or_404(files_of(person), pk=min(pk, LARGEST))


def photos_waiting_for(person: Person) -> QuerySet[AnswerPhoto]:
    rows = AnswerPhoto.objects.filter(
        status=AnswerPhoto.Status.WAITING, answer__line__budget__place__in=coordinated(person)
    )
    return rows.exclude(answer__person=person).select_related("answer__line__budget__place")


def photos_of(line: BudgetLine) -> QuerySet[AnswerPhoto]:
    return AnswerPhoto.objects.filter(answer__line=line, status=AnswerPhoto.Status.SHOWN)


def photo_for(person: Any, pk: int) -> AnswerPhoto:
    """A shown one for everybody; one that waits for those who decide on it."""
    shown = Q(status=AnswerPhoto.Status.SHOWN, answer__line__budget__status=Status.PUBLISHED)
    rows = AnswerPhoto.objects.select_related("answer__line__budget__place")
    found = get_object_or_404(rows, pk=min(pk, LARGEST))
    if rows.filter(shown, pk=found.pk).exists() or rules.may_decide(person, found.answer.line.budget.place):
        return found
    return get_object_or_404(AnswerPhoto.objects.none())


def own_answer(line: BudgetLine, person: Any) -> ResidentAnswer | None:
    if not rules.may_answer(person):
        return None
    return ResidentAnswer.objects.filter(line=line, person=person).select_related("photo").first()


@dataclass(frozen=True, slots=True)
class Said:
    """Guarded counts of one question. The share is of the shown counts, so that it tells no more than they do."""

    n: Guarded
    counts: tuple[tuple[str, str, Guarded], ...]  # code, words, how many
    answer: str  # whose share it is: yes, or the most frequent that may be shown; empty: none may
    words: str
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Residents:
    done: Said
    good: Said

    def __bool__(self) -> bool:
        return bool(self.done.n)


def residents_of(line: BudgetLine) -> Residents:
    """What residents answered. Below five nothing is shown, and not whether it is none or four."""
    answers = ResidentAnswer.objects.filter(line=line)
    return Residents(
        _said(answers, line, "done", ResidentAnswer.Done.choices),
        _said(answers.exclude(good=""), line, "good", ResidentAnswer.Good.choices),
    )


def _said(answers: QuerySet[ResidentAnswer], line: BudgetLine, question: str, choices: Any) -> Said:
    given = list(answers.values_list(question, flat=True))
    counts: dict[Hashable, int] = {code: given.count(code) for code, _words in choices}
    table = releases.published(f"budget-line:{line.pk}:{question}", counts)
    rows = tuple((code, words, table[code]) for code, words in choices)
    everybody = table.total.shown
    shown = [(many.shown, code, words) for code, words, many in rows if many.shown is not None]
    if not shown or not everybody:
        return Said(table.total, rows, "", "", None, None, None)
    most = next((each for each in shown if each[1] == "yes"), max(shown, key=lambda each: each[0]))
    many = min(most[0], everybody)
    return Said(table.total, rows, most[1], str(most[2]), many / everybody, *analysis.interval(many, everybody))
