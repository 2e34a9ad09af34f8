"""Brings the declared quantities and the figures that come with Kurak into the database. May be run again."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from kurak.ground.measures.actions import cite, state, year
from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.measures.queries import of_source
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, region
from kurak.ground.themes.actions import declared_text

DATA = Path(__file__).parent / "data"
SPLITS = ("age", "gender", "settlement")
COPIED = {"label": Measure.Label.APPROXIMATE, "quality": Measure.Quality.COPY, "version": "1"}


def load_quantities(file: Path = DATA / "declared.json") -> int:
    """Create or renew every quantity and source that a data file declares; returns how many quantities."""
    declared = json.loads(file.read_text(encoding="utf-8"))
    for source in declared.get("sources", []):
        cite(**source)
    for each in declared["quantities"]:
        texts = {name: declared_text(each.pop(name)) for name in ("name", "description")}
        Quantity.objects.update_or_create(code=each.pop("code"), defaults={**each, **texts})
    return len(declared["quantities"])


@transaction.atomic
def load_population() -> int:
    """State the population of the seven countries, what follows from it, and the region's; returns how many values."""
    places = {place.code: place for place in countries()}
    stated = [_state(row, places) for row in _rows()]
    stated += [_state(row, places) for row in _remainders()]
    return len(stated) + _region(region())


def _rows() -> Iterator[dict[str, Any]]:
    with (DATA / "population.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {**row, "value": float(row["value"]), "year": int(row["year"]), "method": "from the source"}


def _remainders() -> Iterator[dict[str, Any]]:
    """What is left of everybody: the people aged 15-59, and those who live outside cities."""
    shares: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in _rows():
        if row["quantity"] == "population-share":
            kind = "age" if row["age"] else "settlement"
            shares[row["place"], kind][row[kind]] = row
    for (_place, kind), parts in shares.items():
        rest = {"age": "15-59", "settlement": "rural"}[kind]
        left = round(1 - sum(row["value"] for row in parts.values()), 6)
        first = next(iter(parts.values()))
        yield {**first, kind: rest, "value": left, "method": "1 less the other parts"}


def _state(row: Mapping[str, Any], places: Mapping[str, Place]) -> Measure | None:
    return state(
        quantity=row["quantity"],
        place=places[row["place"]],
        period=year(row["year"]),
        value=row["value"],
        source=Source.objects.get(code=row["source"]),
        dimensions={name: row[name] for name in SPLITS if row[name]},
        by=None,
        method=row["method"],
        **COPIED,
    )


def _region(place: Place) -> int:
    """Totals are added up; parts are weighed by the people of each country."""
    values: dict[tuple[str, int, str], dict[str, Measure]] = defaultdict(dict)
    for code in ("un-yearbook-2019", "worldometer-2020"):
        for measure in of_source(code):
            values[measure.quantity.code, measure.end.year, measure.slice][measure.place.code] = measure
    people = {code: each.value for code, each in values["population", 2019, ""].items()}
    for (quantity, period, _slice), measures in values.items():
        state(
            quantity=quantity,
            place=place,
            period=year(period),
            value=_together(quantity, measures, people),
            source=Source.objects.get(code="kurak"),
            dimensions=next(iter(measures.values())).dimensions,
            by=None,
            on=measures.values(),
            method="sum of the countries"
            if quantity == "population"
            else "mean of the countries by their people, 2019",
            **COPIED,
        )
    return len(values)


def _together(quantity: str, measures: Mapping[str, Measure], people: Mapping[str, float]) -> float:
    if quantity == "population":
        return sum(measure.value for measure in measures.values())
    weighed = sum(measure.value * people[code] for code, measure in measures.items())
    return round(weighed / sum(people[code] for code in measures), 6)
