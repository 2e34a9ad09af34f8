"""What can be asked of trends."""

from __future__ import annotations

from django.db.models import QuerySet

from kurak.instruments.results import queries
from kurak.instruments.results.models import Run, Score, Trend


def of_run(run: Run, node: str) -> dict[str, Trend]:
    """{unit: trend} of a node."""
    return {each.unit: each for each in run.trends.filter(node=node)}


def of_unit(run: Run, unit: str) -> list[Trend]:
    return list(run.trends.filter(unit=unit))


def all_of(run: Run) -> QuerySet[Trend]:
    return run.trends.select_related("place").order_by("node", "unit")


def by_edition(run: Run) -> list[Run]:
    """This run, and the newest published one of every other edition of the instrument; the oldest edition first."""
    found = {run.edition.edition: run}
    for each in queries.runs().filter(edition__instrument=run.edition.instrument):
        found.setdefault(each.edition.edition, each)
    return sorted(found.values(), key=lambda each: (each.edition.dated, each.edition.edition))


def across_editions(run: Run, whole: Score) -> list[tuple[Run, list[Score]]]:
    """The overall scores of a unit over time, each edition by itself. A place is found also where the data of another
    edition call it something else."""
    same = {"place": whole.place} if whole.place else {"unit": whole.unit}
    found = []
    for each in by_edition(run):
        scores = each.scores.filter(node=queries.root_of(each.edition), **same).select_related("place", "organisation")
        if listed := list(scores.order_by("period")):
            found.append((each, listed))
    return found
