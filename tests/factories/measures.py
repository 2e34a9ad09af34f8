"""Quantities, sources and values for tests."""

from kurak.ground.languages.text import Text
from kurak.ground.measures import actions
from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.places.models import Place
from tests.factories.places import a_place

AGES = {"age": ["0-14", "15+"]}


def a_quantity(code: str = "wells", **fields) -> Quantity:
    defaults = {"name": Text("en", code.title()), "kind": Quantity.Kind.COUNT, "unit": "well", "dimensions": AGES}
    return Quantity.objects.get_or_create(code=code, defaults={**defaults, **fields})[0]


def a_source(code: str = "survey", **about) -> Source:
    return actions.cite(code=code, title=about.pop("title", "A survey of wells"), **about)


def a_measure(value: float = 12, *, year: int = 2024, place: Place | None = None, **about) -> Measure:
    """Stated by the platform itself."""
    a_quantity()
    defaults = {"quantity": "wells", "source": about.pop("source", None) or a_source(), "by": None}
    measure = actions.state(
        place=place or a_place(), period=actions.year(year), value=value, **{**defaults, **about}
    )  # fmt: skip
    assert measure is not None
    return measure
