"""Instruments for tests: a small document that is right, and editions of it written row by row."""

from itertools import count
from typing import Any

from django.utils import timezone

from kurak.ground.languages.folding import fold
from kurak.ground.places.models import Place
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.catalogue.texts import text_of, words_of
from kurak.instruments.definitions.analysis import from_document

_number = count(1)


def a_document(code: str = "wells", **changed: Any) -> dict[str, Any]:
    """Two criteria, one of them answered on a scale, three classes, a worked example."""
    document = {
        "format": 1,
        "code": code,
        "edition": "2026",
        "dated": "2026-01-01",
        "title": {"en": "Good wells", "ru": "Хорошие колодцы"},
        "about": {"en": "How well a village looks after its wells."},
        "kind": "assessment",
        "units": "community",
        "label": {"is": "exact", "why": {"en": "The method is our own."}},
        "sources": [{"code": "own", "title": {"en": "Our own words"}, "licence": "CC-BY-4.0", "checked": "read"}],
        "notes": [{"text": {"en": "Depth is told by those who dig."}, "checked": "recalled"}],
        "scale": {"low": 0, "high": 100, "better": "high"},
        "answers": {"care": {"none": 0, "some": 50, "all": 100, "na": "not-applicable"}},
        "classes": {
            "bands": {
                "of": [
                    {"code": "poor", "title": {"en": "Poor"}},
                    {"code": "fair", "from": 40, "title": {"en": "Fair"}},
                    {"code": "good", "above": 75, "title": {"en": "Good"}, "needs": "care >= 50"},
                ]
            }
        },
        "tree": {
            "code": "wells",
            "title": {"en": "Wells"},
            "classes": "bands",
            "children": [
                {"code": "care", "title": {"en": "Care"}, "weight": 3, "answers": "care"},
                {
                    "code": "water",
                    "title": {"en": "Water"},
                    "missing": {"at_least": 0.5},
                    "children": [
                        {"code": "clean", "title": {"en": "Clean"}, "bounds": [0, 100]},
                        {
                            "code": "depth", "title": {"en": "Depth"}, "direction": "down", "checked": "recalled",
                            "normalise": {"by": "goalposts", "low": 0, "high": 40},
                        },
                    ],
                },
            ],
        },
        "example": {
            "unit": "A village", "values": {"care": "some", "clean": 80, "depth": 10},
            "expect": {"wells": 56.875, "water": 77.5},
        },
    }  # fmt: skip
    return {key: value for key, value in (document | changed).items() if value is not None}


def an_instrument(code: str = "", *, place: Place | None = None, **fields: Any) -> Instrument:
    """Built here, at the place; shipped where there is none."""
    code = code or f"instrument-{next(_number)}"
    document = a_document(code)
    defaults = {
        "title": text_of(document["title"]), "kind": "assessment", "units": "community", "shipped": place is None,
        "folded": fold(words_of(document)),
    }  # fmt: skip
    return Instrument.objects.get_or_create(code=code, defaults={**defaults, "place": place, **fields})[0]


def an_edition(
    instrument: Instrument | None = None, *, status: str = Edition.Status.PUBLISHED, revision: int = 1, **changed: Any
) -> Edition:
    """Published unless said otherwise. changed: other values of its document."""
    instrument = instrument or an_instrument()
    definition = from_document(a_document(instrument.code, **changed))
    return Edition.objects.create(
        instrument=instrument, edition=definition.edition, revision=revision, dated=definition.document["dated"],
        status=status, document=definition.document, checksum=definition.declaration.checksum,
        sha256=definition.sha256, label=definition.declaration.label,
        published_at=None if status == Edition.Status.DRAFT else timezone.now(),
    )  # fmt: skip
