"""Pages of places: where they lie, what is talked about there, the figures, and where these come from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kurak.commitments.budgets.queries import published as budgets_published
from kurak.commitments.indicators.models import Indicator, Series
from kurak.commitments.overviews.queries import promised
from kurak.dialogue.conversations import queries as conversations
from kurak.ground.measures import queries as measures
from kurak.ground.measures.citing import citation_of
from kurak.ground.measures.wording import shown, told
from kurak.ground.places import queries
from kurak.ground.places.drawing import region_map
from kurak.ground.places.models import Place
from kurak.ground.trail.queries import walk_down
from kurak.instruments.results.comparing.countries import country_page
from kurak.web.pages.caching import public
from kurak.web.pages.queries import countries, shown_talks

MOST_TALKS = 12


@require_safe
@public
def places(request: HttpRequest) -> HttpResponse:
    listed = countries()
    people = measures.by_place("population", listed)
    language = get_language() or "en"
    rows = [
        {"place": place, "inside": queries.inside(place).count(), "people": figure(people.get(place.code), language)}
        for place in listed
    ]
    found = queries.places_named(request.GET.get("named", "")[:100])
    return render(request, "pages/places.html", {"rows": rows, "map": people_map(listed, people), "found": found})


def indexes(place: Place) -> list[dict[str, Any]]:
    """How the country stands by published indexes."""
    return list(country_page(place, draw=False)["found"])


@require_safe
@public
def place(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.place_called(code)
    if found.code != code:
        return redirect("place", found.code, permanent=True)
    language = get_language() or "en"
    about = {
        "place": found,
        "promised": promised(found),
        "around": queries.around(found)[:-1],
        "inside": queries.in_order(queries.inside(found), language),
        "figures": [figure(each, language) for each in measures.of_place(found, without=followed())],
        "indicators": indicators_at(found),
        "budgets": budgets_published().filter(place=found).order_by("-year"),
        "talks": talks(found),
        "indexes": indexes(found) if found.kind == Place.Kind.COUNTRY else None,
        "map": position(found),
        "names": names(found),
    }
    return render(request, "pages/place.html", about)


def followed() -> Any:
    """What is followed as an indicator has pages of its own, and would bury the rest."""
    return Indicator.objects.values("quantity")


def indicators_at(place: Place) -> int:
    """How many indicators have figures here."""
    return Series.objects.filter(place=place, slice="").values("indicator").distinct().count()


@require_safe
@public
def measure(request: HttpRequest, number: int) -> HttpResponse:
    """One figure: what it says, how it was made, and what it stands on."""
    found = measures.measure_called(number)
    about = {
        "measure": found,
        "figure": figure(found, get_language() or "en"),
        "trail": walk_down(found, person=request.user),
        "citation": citation_of(found, request.build_absolute_uri(request.path)),
        "others": measures.series(found.quantity.code, found.place, found.dimensions).exclude(pk=found.pk),
    }
    return render(request, "pages/figure.html", about)


def figure(measure: Any, language: str) -> dict[str, Any] | None:
    """A measure in the reader's words."""
    if measure is None:
        return None
    return {"measure": measure, "value": shown(measure, language), "told": told(measure, language)}


def talks(place: Place) -> list[dict[str, Any]]:
    """Conversations at the place and at every place inside it."""
    within = place.descendants(include_self=True).values("pk")
    return shown_talks(conversations.listed().filter(place__in=within)[:MOST_TALKS])


def names(place: Place) -> list[tuple[str, str]]:
    return [(code, name) for code, name in place.names.items() if name != place.name(get_language() or "en")]


def position(place: Place) -> SafeString | str:
    """The map, with the place's country standing out."""
    if place.kind == Place.Kind.WORLD:
        return ""
    listed = countries()
    language = get_language() or "en"
    called = {each.code: each.name(language) for each in listed}
    chosen = next((each.code for each in [place, *reversed(queries.around(place))] if each.code in called), "")
    title = _("Where %(place)s is") % {"place": place.name(language)}
    return region_map(called, title=title, links={code: f"/places/{code}/" for code in called}, chosen=chosen)


def people_map(listed: list[Place], people: dict[str, Any]) -> SafeString:
    language = get_language() or "en"
    return region_map(
        {place.code: place.name(language) for place in listed},
        title=_("People of the seven countries"),
        description=_("The deeper the colour, the more people. The same numbers are in the table."),
        links={place.code: f"/places/{place.code}/" for place in listed},
        values={code: each.value for code, each in people.items()},
        notes={code: shown(each, language) for code, each in people.items()},
    )
