"""What can be asked of several results at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.ground.places.queries import around
from kurak.instruments.assessments.models import Assessment
from kurak.instruments.results import queries
from kurak.instruments.results.models import Run, Score
from kurak.instruments.results.trends.queries import by_edition


def units_of(run: Run) -> list[Score]:
    """One score for every unit of a run, the latest, with its place."""
    found = run.scores.filter(node=queries.root_of(run.edition)).select_related("place", "organisation")
    kept: dict[str, Score] = {}
    for each in found.order_by("-period", "unit"):
        kept.setdefault(each.unit, each)
    return [*kept.values()]


def over_time(run: Run, node: str, chosen: Sequence[Score]) -> list[tuple[Run, dict[str, list[Score]]]]:
    """[(run of an edition, {unit of this run: its scores over time})]. A place is found in other editions under
    whatever name they have for it; a part only where they have it too."""
    places = {each.place_id: each.unit for each in chosen if each.place_id}
    units = {each.unit for each in chosen if not each.place_id}
    root, found = queries.root_of(run.edition), []
    for each in by_edition(run):
        theirs = queries.root_of(each.edition) if node == root else node
        rows = each.scores.filter(Q(place__in=places) | Q(unit__in=units), node=theirs, value__isnull=False)
        by_unit: dict[str, list[Score]] = {}
        for score in rows.select_related("place").order_by("period"):
            by_unit.setdefault(places.get(score.place_id or 0, score.unit), []).append(score)
        if by_unit:
            found.append((each, by_unit))
    return found


def organisation_called(slug: str) -> tuple[Organisation, list[Assessment]]:
    """An organisation with what it let be published; one that published nothing is not shown."""
    organisation = Organisation.objects.filter(slug=slug).select_related("place").first()
    assessments = list(queries.of_organisation(organisation)) if organisation else []
    if organisation is None or not assessments:
        raise Missing("organisation.no_results", _("No results of such an organisation are published."), asked=slug)
    return organisation, assessments


def country_of(place: Place) -> Place | None:
    return next((each for each in [place, *around(place)] if each.kind == Place.Kind.COUNTRY), None)


def assessed() -> QuerySet[Organisation]:
    """Organisations that published an assessment."""
    published = Assessment.objects.filter(status=Assessment.Status.PUBLISHED).values("organisation")
    return Organisation.objects.filter(pk__in=published).order_by("slug")


def assessed_at(place: Place) -> list[Organisation]:
    """Those at a place and inside it."""
    return list(assessed().filter(place__in=place.descendants(include_self=True).values("pk"))[:200])
