"""Brings the places of the data files into the database. May be run again at any time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.places.models import Place

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_places() -> int:
    """Create or renew every declared place; returns how many there are. Places that are no longer declared stay."""
    known: dict[str, Place] = {}
    for declared in [*declared_places(), *declared_subdivisions()]:
        parent = known.get(declared.pop("parent") or "")
        code = declared.pop("code")
        known[code], _ = Place.objects.update_or_create(code=code, defaults={**declared, "parent": parent})
    return len(known)


def declared_places() -> list[dict]:
    """The world, the region and its countries, each after its parent."""
    return json.loads((DATA / "places.json").read_text(encoding="utf-8"))


def declared_subdivisions() -> Iterator[dict]:
    with (DATA / "subdivisions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "code": row["code"],
                "kind": Place.Kind.SUBDIVISION,
                "parent": row["code"].split("-")[0],
                "division": row["division"],
                "names": {each.code: row[each.code] for each in LANGUAGES if row[each.code]},
                "codes": {"national": row["national"]} if row["national"] else {},
            }
