"""Files of observations and indicators for tests."""

from collections.abc import Iterable

from kurak.commitments.indicators.actions import Origin, bring_file
from kurak.commitments.indicators.models import Batch, Indicator
from kurak.commitments.indicators.reading.files import rows_of
from kurak.commitments.indicators.reading.rows import Report, Row
from kurak.ground.places.models import Place
from tests.factories.places import a_place

ORIGIN = Origin("nsc", "National statistics")


def a_table(*rows: str, header: str = "series,ref_area,year,value,unit,sex,age") -> bytes:
    return "\n".join([header, *rows]).encode()


def read(data: bytes) -> tuple[list[Row], Report]:
    report = Report()
    return list(rows_of(data, report)), report


def brought(*rows: str, origin: Origin = ORIGIN, place: Place | None = None, by=None, **about) -> Batch:
    """A file of these rows, taken in."""
    world = a_place("001", kind=Place.Kind.WORLD)
    where = place or a_place(within=world)
    return bring_file(data=a_table(*rows, **about), file="rows.csv", origin=origin, by=by, place=where)


def a_line(
    code: str = "SH_DYN_MORT",
    values: Iterable[float] = (40, 35, 30),
    *,
    since: int = 2015,
    unit: str = "PER_1000_LIVE_BIRTHS",
    place: Place | None = None,
    origin: Origin = ORIGIN,
    sex: str = "",
) -> Indicator:
    """An indicator with a value a year."""
    where = place or a_place(within=a_place("001", kind=Place.Kind.WORLD))
    rows = [f"{code},{where.code},{since + at},{value},{unit},{sex}," for at, value in enumerate(values)]
    brought(*rows, place=where, origin=origin)
    return Indicator.objects.get(code=code)
