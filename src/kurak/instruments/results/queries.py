"""What can be asked of results."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, Min, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.instruments.assessments.models import Assessment
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.results.models import DataSet, Run, Score

PUBLIC = Q(status=Run.Status.PUBLISHED) & (Q(assessment=None) | Q(assessment__status=Assessment.Status.PUBLISHED))
HEAVY = ("edition__text", "data_set__columns", "data_set__units", "data_set__periods")


def runs() -> QuerySet[Run]:
    """Published results over data sets, the newest first."""
    return (
        Run.objects.filter(PUBLIC, assessment=None)
        .select_related("edition__instrument", "data_set__source")
        .defer(*HEAVY)
        .order_by("edition__instrument__code", "-edition__dated", "-made_at")
    )


def drafts() -> QuerySet[Run]:
    """Everything over data sets, for those who compute."""
    return Run.objects.filter(assessment=None).select_related("edition__instrument", "data_set__source").defer(*HEAVY)


def run_numbered(number: int) -> Run:
    found = (
        Run.objects.filter(pk=number)
        .select_related("edition__instrument", "data_set__source", "assessment__organisation")
        .defer("data_set__columns", "data_set__units", "data_set__periods")
        .first()
    )
    if found is None:
        raise Missing("run.missing", _("There are no such results. The page of results lists them all."), asked=number)
    return found


def newest(found: Iterable[Run]) -> list[Run]:
    """One run for each instrument: of its newest edition, the newest."""
    kept: dict[int, Run] = {}
    for run in found:
        kept.setdefault(run.edition.instrument_id, run)
    return [*kept.values()]


def root_of(edition: Edition) -> str:
    return str(edition.document["tree"]["code"])


def periods_of(run: Run) -> list[str]:
    """The latest first."""
    found = run.scores.filter(node=root_of(run.edition)).values_list("period", flat=True).distinct().order_by("-period")
    return list(found)


def years_of(run: Run) -> str:
    """From the first period to the last; empty where there is one."""
    found = run.scores.filter(node=root_of(run.edition)).aggregate(first=Min("period"), last=Max("period"))
    return f"{found['first']}–{found['last']}" if found["first"] and found["first"] != found["last"] else ""


def scores_of(run: Run, *, node: str, period: str | None = None) -> QuerySet[Score]:
    found = run.scores.filter(node=node).select_related("place", "organisation").order_by("rank", "unit", "period")
    return found if period is None else found.filter(period=period)


def profile(run: Run, unit: str, period: str) -> dict[str, Score]:
    """{node: score} of one unit."""
    found = {each.node: each for each in run.scores.filter(unit=unit, period=period).select_related("place")}
    if not found:
        raise Missing("score.missing", _("These results say nothing about this unit in this period."), asked=unit)
    return found


def of_place(place: Place) -> list[tuple[Run, Score | None]]:
    """For every instrument with results about countries: the latest overall score of the place, or none."""
    found = []
    latest = newest(runs().filter(edition__instrument__units="country"))
    rows = Score.objects.filter(run__in=latest, place=place).order_by("-period")
    by_run: dict[int, Score] = {}
    roots = {run.pk: root_of(run.edition) for run in latest}
    for row in rows:
        if row.node == roots[row.run_id]:
            by_run.setdefault(row.run_id, row)
    for run in latest:
        found.append((run, by_run.get(run.pk)))
    return found


def of_organisation(organisation: Organisation) -> QuerySet[Assessment]:
    """What an organisation let be published about itself."""
    runs_shown = Run.objects.filter(PUBLIC).order_by("-made_at").prefetch_related("scores")
    return (
        Assessment.objects.filter(organisation=organisation, status=Assessment.Status.PUBLISHED)
        .select_related("edition__instrument", "organisation", "place")
        .prefetch_related(Prefetch("runs", runs_shown))
        .order_by("-published_at")
    )


def data_sets() -> QuerySet[DataSet]:
    return DataSet.objects.select_related("edition__instrument", "source").defer("columns", "edition__text")
