"""What can be asked about indicators."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kurak.commitments.agendas.models import Commitment, Provision
from kurak.commitments.indicators.models import Batch, Indicator, Series, Target
from kurak.ground.errors import Missing
from kurak.ground.languages.folding import fold
from kurak.ground.measures.models import Measure
from kurak.ground.measures.queries import standing
from kurak.ground.places.models import Place
from kurak.ground.themes.models import Theme

WORLD = Place.Kind.WORLD


def indicators() -> QuerySet[Indicator]:
    return Indicator.objects.select_related("quantity", "goal")


def indicator_called(code: str) -> Indicator:
    found = indicators().filter(code=code).first()
    if found is None:
        raise Missing(
            "indicator.missing", _("There is no such indicator. The list of indicators shows them all."), asked=code
        )
    return found


def found(
    *, words: str = "", place: Place | None = None, goal: Theme | None = None, kind: str = "", agenda: str = ""
) -> QuerySet[Indicator]:
    """Indicators with all these words in any language, of a goal, an agenda, with figures of a place."""
    rows = indicators()
    for word in fold(words).split():
        rows = rows.filter(folded__contains=word)
    if place is not None:
        rows = rows.filter(Exists(Series.objects.filter(indicator=OuterRef("pk"), place=place)))
    if goal is not None:
        rows = rows.filter(goal=goal)
    if kind:
        rows = rows.filter(kind=kind)
    if agenda:
        rows = rows.filter(Q(provisions__agenda__code=agenda) | Q(commitments__agenda__code=agenda)).distinct()
    return rows.order_by("goal__number", "code")


def of(thing: Provision | Commitment) -> QuerySet[Indicator]:
    """The indicators by which a provision or a commitment is followed; those of what a provision holds too."""
    if isinstance(thing, Commitment):
        return indicators().filter(Q(commitments=thing) | Q(provisions__commitments=thing)).distinct()
    from kurak.commitments.agendas.queries import branch_of

    return indicators().filter(provisions__in=branch_of(thing)).distinct()


def alike(indicator: Indicator, most: int = 12) -> list[Indicator]:
    """Other indicators of the same numbers of the framework: national ones, other units."""
    if not indicator.codes:
        return []
    codes = set(indicator.codes)
    rows = indicators().filter(goal=indicator.goal_id).exclude(pk=indicator.pk).order_by("code")
    return [each for each in rows if codes & set(each.codes)][:most]


def series_of(indicator: Indicator, place: Place | None = None) -> QuerySet[Series]:
    rows = indicator.series.select_related("place", "source__provider", "target")
    return rows if place is None else rows.filter(place=place)


def whole_series(chosen: Iterable[Indicator], place: Place | None = None) -> QuerySet[Series]:
    """The series of everybody, after every source; parts are left out."""
    rows = Series.objects.filter(indicator__in=chosen, slice="").select_related("place", "source__provider", "target")
    return rows if place is None else rows.filter(place=place)


def of_place(place: Place) -> QuerySet[Series]:
    """Everybody's series at a place, with what its page shows of them."""
    rows = Series.objects.filter(place=place, slice="")
    unread = (
        "indicator__folded",
        "indicator__text",
        "indicator__fixed",
        "indicator__goal__description",
        "target__path",
    )
    related = rows.select_related("indicator__goal", "source__provider", "target").defer(*unread)
    return related.order_by("indicator__code")


def places_inside(place: Place) -> list[tuple[Place, int]]:
    """(place, how many indicators have figures of it), of the places directly inside."""
    counted = dict(
        Series.objects.filter(place__parent=place, slice="")
        .values_list("place")
        .annotate(many=Count("indicator", distinct=True))
        .values_list("place", "many")
    )
    return [(each, counted[each.pk]) for each in Place.objects.filter(pk__in=counted).order_by("code")]


def unknown_groups(provision: Provision, place: Place | None = None) -> list[str]:
    """The groups (codes of dimensions, of those the 2030 Agenda asks for) of which no indicator of the provision has a
    figure at the place or inside it. All of them where the provision has no indicator there."""
    asked = ("SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "DISABILITY_STATUS", "MIGRATION_STATUS")
    rows = Series.objects.filter(indicator__in=of(provision).values("pk")).exclude(slice="")
    if place is not None:
        rows = rows.filter(place__in=[each.pk for each in place.descendants(include_self=True)])
    there = {
        pair.split("=", 1)[0] for part in rows.values_list("slice", flat=True).distinct() for pair in part.split(";")
    }
    return [name for name in asked if name not in there]


def values_of(indicator: Indicator, place: Place) -> QuerySet[Measure]:
    """Every value of the indicator at the place: all parts, all sources, oldest first."""
    rows = Measure.objects.filter(quantity=indicator.quantity_id, place=place, withdrawn_at=None)
    return rows.select_related("source").order_by("end", "slice", "source")


def measures_of(indicator: str = "", place: Place | None = None) -> QuerySet[Measure]:
    """What is given out: of one indicator or all, at a place and inside it or everywhere."""
    rows = standing().filter(quantity__indicator__isnull=False)
    if indicator:
        rows = rows.filter(quantity=indicator_called(indicator).quantity_id)
    if place is not None:
        rows = rows.filter(place__in=[each.pk for each in place.descendants(include_self=True)])
    return rows.order_by("quantity__code", "place__code", "slice", "source__code", "end")


def target_for(targets: Iterable[Target], place: Place, slice: str = "") -> Target | None:
    """The nearest target: of the place itself or of the nearest place around it; the state's before the analysts'."""
    around = [each.pk for each in place.ancestors(include_self=True)][::-1]
    fitting = [each for each in targets if each.place_id in around and each.slice in (slice, "")]
    order = [Target.Kind.GIVEN, Target.Kind.REGIONAL, Target.Kind.ANALYSTS]
    return min(
        fitting,
        key=lambda each: (around.index(each.place_id), each.slice != slice, order.index(Target.Kind(each.kind))),
        default=None,
    )


def countries_with_figures() -> list[tuple[Place, int, int]]:
    """(country, indicators with figures, newest year)."""
    counted = (
        Series.objects.filter(slice="", place__kind=Place.Kind.COUNTRY)
        .values("place")
        .annotate(many=Count("indicator", distinct=True), newest=Max("until"))
    )
    places = Place.objects.in_bulk([row["place"] for row in counted])
    return sorted(((places[row["place"]], row["many"], row["newest"]) for row in counted), key=lambda row: row[0].code)


def batches() -> QuerySet[Batch]:
    return Batch.objects.select_related("source", "place")


def batch_numbered(number: int) -> Batch:
    found = batches().filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Missing(
            "batch.missing", _("There is no such file here. The page of indicators lists them."), asked=number
        )
    return found
