"""Observations given out: CSV with or without the row of HXL tags, SDMX-CSV 1.0, SDMX-ML 2.1 structure-specific, and a
Frictionless data package. Everything is written while it is read; what is written can be brought in again."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from django.db.models import QuerySet

from kurak.commitments.indicators.declared import is_growth
from kurak.commitments.indicators.models import Provider, Series, Voice
from kurak.commitments.indicators.reading.shapes import listed
from kurak.ground.measures.models import Measure
from kurak.ground.publishing.packaging import descriptor
from kurak.ground.publishing.tables import Column, Table, content_version
from kurak.ground.publishing.writing import as_csv

CHUNK = 2000
BLOCK = 256 * 1024
DATAFLOW = "KURAK:DF_INDICATORS(1.0)"
MEDIA = {
    "csv": "text/csv; charset=utf-8", "hxl": "text/csv; charset=utf-8", "sdmx-csv": "text/csv; charset=utf-8",
    "sdmx-ml": "application/xml", "progress": "text/csv; charset=utf-8",
    "package": "application/zip",
}  # fmt: skip
ENDINGS = {"csv": "csv", "hxl": "csv", "sdmx-csv": "csv", "sdmx-ml": "xml", "progress": "csv", "package": "zip"}
# Whose word it is, as REPORTING_TYPE says it; civil society has a value of its own and overwrites nobody's.
REPORTED = {Voice.OFFICIAL: "N", Voice.GLOBAL: "G", Voice.CIVIL: "C"}
COLUMNS = (
    Column("series", "code of the indicator"),
    Column("ref_area", "code of the place: ISO 3166, or our own word"),
    Column("time_period", "year, month, quarter, day or span of years"),
    Column("obs_value", "the value, in the unit", "number"),
    Column("unit_measure", "unit of the value"),
    Column("slice", "which part of the whole: name=value;..., empty for everybody"),
    Column("lower_bound", "the value is not below", "number"),
    Column("upper_bound", "the value is not above", "number"),
    Column("label", "exact, approximate or proxy"),
    Column("quality", "original, copy or unverified"),
    Column("n", "observations it stands on", "integer"),
    Column("reporting_type", "N official, G global, C civil society"),
    Column("source", "code of the source"),
    Column("licence", "licence of the source"),
)
HXL = (
    "#indicator+code", "#country+code", "#date", "#indicator+value+num", "#indicator+unit", "#indicator+slice",
    "#indicator+value+min", "#indicator+value+max", "#indicator+label", "#indicator+quality", "#indicator+num",
    "#meta+reporting", "#meta+source", "#meta+license",
)  # fmt: skip
NAMESPACES = (
    'xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" '
    'xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" '
    'xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" '
    'xmlns:ns1="urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=KURAK:INDICATORS(1.0):ObsLevelDim:TIME_PERIOD" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def written(measures: QuerySet[Measure], form: str) -> Iterator[bytes]:
    """The observations in a form of MEDIA."""
    if form == "sdmx-csv":
        return sdmx_csv(measures)
    if form == "package":
        return zipped(measures)
    if form == "progress":
        return progress_csv(measures)
    if form == "sdmx-ml":
        return sdmx_ml(measures)
    return plain_csv(measures, tagged=form == "hxl")


def plain_csv(measures: QuerySet[Measure], *, tagged: bool) -> Iterator[bytes]:
    blocks = as_csv(COLUMNS, rows_of(measures))
    if not tagged:
        yield from blocks
        return
    head, _break, rest = next(blocks).partition(b"\r\n")
    yield head + b"\r\n" + ",".join(HXL).encode() + b"\r\n" + rest
    yield from blocks


def rows_of(measures: QuerySet[Measure]) -> Iterator[list[Any]]:
    reported = reporting()
    for each in measures.iterator(CHUNK):
        yield [
            each.quantity.code, each.place.code, time_of(each.start, each.end), each.value, each.quantity.unit,
            each.slice, each.low, each.high, each.label, each.quality, each.n, reported.get(each.source_id, ""),
            each.source.code, each.source.licence,
        ]  # fmt: skip


def progress_csv(measures: QuerySet[Measure]) -> Iterator[bytes]:
    """Everybody's series as `kurak progress` reads them, with the targets they are held to."""
    quantities = measures.order_by().values("quantity").distinct()
    lines = Series.objects.filter(indicator__quantity__in=quantities, slice="").select_related("indicator", "target")
    held = {(each.indicator.quantity_id, each.place_id, each.source_id): each for each in lines}

    def rows() -> Iterator[list[Any]]:
        for each in measures.filter(slice="").iterator(CHUNK):
            line = held.get((each.quantity_id, each.place_id, each.source_id))
            if line is not None:
                yield [f"{each.quantity.code} {each.place.code} {each.source.code}", each.end.year, each.value,
                       each.quantity.unit, *asked_of(line, each.quantity.direction)]  # fmt: skip

    return as_csv([Column(name, "") for name in PROGRESS], rows())


PROGRESS = ("series", "year", "value", "unit", "direction", "target", "target_year", "baseline_year", "limit", "kind",
            "target_kind")  # fmt: skip


def asked_of(line: Series, direction: str) -> list[Any]:
    indicator, target = line.indicator, line.target
    low, high = ("" if each is None else f"{each:g}" for each in (indicator.least, indicator.most))
    kind = "parity" if indicator.parity else "growth" if is_growth(indicator.title.body) else "level"
    limit = f"{low}..{high}" if low or high else ""
    if target is None:
        return [direction, "", "", "", limit, kind, ""]
    set_by = {"analysts": "analyst-set"}.get(target.kind, target.kind)
    return [direction, target.value, target.year, target.baseline_year, limit, kind, set_by]


def reporting() -> dict[int, str]:
    return {source: REPORTED[Voice(kind)] for source, kind in Provider.objects.values_list("source", "kind")}


def time_of(start: dt.date, end: dt.date) -> str:
    """A period as SDMX writes it.

    >>> time_of(dt.date(2020, 1, 1), dt.date(2020, 12, 31)), time_of(dt.date(2020, 4, 1), dt.date(2020, 6, 30))
    ('2020', '2020-Q2')
    """
    if start == end:
        return start.isoformat()
    whole = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if not whole:
        return f"{start.isoformat()}/{end.isoformat()}"
    if months % 12 == 0 and start.month == 1:
        return str(start.year) if months == 12 else f"{start.year}-{end.year}"
    if months == 1:
        return f"{start:%Y-%m}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year}-Q{start.month // 3 + 1}"
    return f"{start.year}-S{start.month // 6 + 1}"


def parts_in(measures: QuerySet[Measure]) -> list[str]:
    """The names of all parts that any of them is of."""
    slices = measures.order_by().values_list("slice", flat=True).distinct()
    return sorted({name for slice in slices for name in listed(slice)})


def sdmx_csv(measures: QuerySet[Measure]) -> Iterator[bytes]:
    """SDMX-CSV 1.0: a row an observation, a column a dimension, _T where it is everybody."""
    parts = parts_in(measures)
    names = ["DATAFLOW", "SERIES", "REF_AREA", *parts, "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "REPORTING_TYPE",
             "LOWER_BOUND", "UPPER_BOUND", "OBS_STATUS", "SOURCE_DETAIL"]  # fmt: skip
    reported = reporting()

    def rows() -> Iterator[list[Any]]:
        for each in measures.iterator(CHUNK):
            yield [
                DATAFLOW, each.quantity.code, each.place.code, *(each.dimensions.get(name, "_T") for name in parts),
                time_of(each.start, each.end), each.value, each.quantity.unit, reported.get(each.source_id, ""),
                each.low, each.high, status_of(each), each.source.code,
            ]  # fmt: skip

    return as_csv([Column(name, "") for name in names], rows())


def status_of(measure: Measure) -> str:
    return "A" if measure.label == Measure.Label.EXACT else "E"


def sdmx_ml(measures: QuerySet[Measure]) -> Iterator[bytes]:
    """SDMX-ML 2.1, structure-specific: a Series element for each line, its observations inside."""
    parts, reported = parts_in(measures), reporting()
    yield HEADER.encode()
    before: tuple[Any, ...] | None = None
    for each in measures.iterator(CHUNK):
        key = (each.quantity_id, each.place_id, each.slice, each.source_id)
        if key != before:
            yield (b"" if before is None else b"</Series>\n") + series_tag(each, parts, reported).encode()
            before = key
        yield obs_tag(each).encode()
    yield (b"" if before is None else b"</Series>\n") + b"</message:DataSet>\n</message:StructureSpecificData>\n"


HEADER = f"""<?xml version="1.0" encoding="UTF-8"?>
<message:StructureSpecificData {NAMESPACES}>
<message:Header><message:ID>KURAK</message:ID><message:Test>false</message:Test>
<message:Sender id="KURAK"/><message:Structure structureID="KURAK_INDICATORS_1_0"
 namespace="urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=KURAK:INDICATORS(1.0):ObsLevelDim:TIME_PERIOD"
 dimensionAtObservation="TIME_PERIOD"><common:Structure><Ref agencyID="KURAK" id="INDICATORS" version="1.0"/>
</common:Structure></message:Structure></message:Header>
<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:DataSetType" ss:structureRef="KURAK_INDICATORS_1_0"
 ss:action="Information">
"""


def series_tag(measure: Measure, parts: Iterable[str], reported: dict[int, str]) -> str:
    said = {
        "FREQ": "A", "REPORTING_TYPE": reported.get(measure.source_id, ""), "SERIES": measure.quantity.code,
        "REF_AREA": measure.place.code, **{name: measure.dimensions.get(name, "_T") for name in parts},
        "UNIT_MEASURE": measure.quantity.unit, "SOURCE_DETAIL": measure.source.code,
    }  # fmt: skip
    return f"<Series {tagged(said)}>\n"


def obs_tag(measure: Measure) -> str:
    said = {
        "TIME_PERIOD": time_of(measure.start, measure.end), "OBS_VALUE": measure.value, "LOWER_BOUND": measure.low,
        "UPPER_BOUND": measure.high, "OBS_STATUS": status_of(measure),
    }  # fmt: skip
    return f"<Obs {tagged(said)}/>\n"


def tagged(said: dict[str, Any]) -> str:
    return " ".join(f"{name}={quoteattr(str(value))}" for name, value in said.items() if value not in (None, ""))


def write_package(measures: QuerySet[Measure], folder: Path) -> None:
    """A data package: the observations, their indicators and sources, and the descriptor that explains the columns."""
    folder.mkdir(parents=True)
    tables = package_tables(measures)
    for table in tables:
        with (folder / f"{table.code}.csv").open("wb") as file:
            file.writelines(as_csv(table.columns, table.rows()))
    text = json.dumps(package_descriptor(tables), ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def zipped(measures: QuerySet[Measure]) -> Iterator[bytes]:
    """The data package as one file; it is made on disk and sent from there."""
    with tempfile.TemporaryDirectory(prefix="kurak-") as folder:
        made = Path(folder) / "package"
        write_package(measures, made)
        with zipfile.ZipFile(Path(folder) / "package.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(made.iterdir()):
                archive.write(file, file.name)
        with (Path(folder) / "package.zip").open("rb") as ready:
            while block := ready.read(BLOCK):
                yield block


def package_descriptor(tables: Iterable[Table]) -> dict[str, Any]:
    return descriptor("kurak-indicators", "Indicators", tables, path=lambda table: f"{table.code}.csv")


def package_tables(measures: QuerySet[Measure]) -> list[Table]:
    from kurak.commitments.indicators.tables import INDICATORS
    from kurak.ground.measures.tables import SOURCES

    observations = Table(
        code="observations", title="Observations", description="Every value of the indicators, with its source.",
        columns=COLUMNS, rows=lambda: rows_of(measures), version=content_version(lambda: rows_of(measures)),
    )  # fmt: skip
    quantities = set(measures.order_by().values_list("quantity__code", flat=True).distinct())
    sources = set(measures.order_by().values_list("source__code", flat=True).distinct())
    return [observations, narrowed(INDICATORS, quantities), narrowed(SOURCES, sources)]


def narrowed(table: Table, codes: set[str]) -> Table:
    """The rows of a table whose first cell is among the codes."""
    return Table(
        code=table.code, title=table.title, description=table.description, columns=table.columns, key=table.key,
        rows=lambda: (row for row in table.rows() if row[0] in codes), version=table.version, licence=table.licence,
    )  # fmt: skip
