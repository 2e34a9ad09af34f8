"""Files of statistics are read in every shape in which offices send them."""

import io

import pytest
import xlsxwriter

from kurak.commitments.indicators.reading.rows import Unreadable
from tests.factories.indicators import a_table, read

GENERIC_21 = """<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"><m:DataSet><g:Series>
<g:SeriesKey><g:Value id="SERIES" value="SI_POV"/><g:Value id="REF_AREA" value="KG"/><g:Value id="SEX" value="F"/>
</g:SeriesKey><g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="5.5"/>
<g:Attributes><g:Value id="NATURE" value="E"/></g:Attributes></g:Obs></g:Series></m:DataSet></m:GenericData>"""
FLAT_21 = """<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"><m:DataSet><g:Obs><g:ObsKey>
<g:Value id="SERIES" value="SI_POV"/><g:Value id="REF_AREA" value="KG"/><g:Value id="TIME_PERIOD" value="2020"/>
<g:Value id="SEX" value="F"/></g:ObsKey><g:ObsValue value="5.5"/>
<g:Attributes><g:Value id="NATURE" value="E"/></g:Attributes></g:Obs></m:DataSet></m:GenericData>"""
GENERIC_20 = """<GenericData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"><DataSet><Series><SeriesKey>
<Value concept="SERIES" value="SI_POV"/><Value concept="REF_AREA" value="KG"/><Value concept="SEX" value="F"/>
</SeriesKey><Obs><Time>2020</Time><ObsValue value="5.5"/><Attributes><Value concept="NATURE" value="E"/></Attributes>
</Obs></Series></DataSet></GenericData>"""
COMPACT_20 = """<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message">
<x:DataSet xmlns:x="urn:x">
<x:Series SERIES="SI_POV" REF_AREA="KG" SEX="F"><x:Obs TIME_PERIOD="2020" OBS_VALUE="5.5" NATURE="E"/></x:Series>
</x:DataSet></CompactData>"""
SPECIFIC_21 = """<m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:s="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"><m:DataSet s:action="Append">
<Series SERIES="SI_POV" REF_AREA="KG" SEX="F" AGE="_T"><Obs TIME_PERIOD="2020" OBS_VALUE="5.5" NATURE="E"/></Series>
</m:DataSet></m:StructureSpecificData>"""
SDMX_CSV = """DATAFLOW,SERIES: Series,REF_AREA: Area,SEX: Sex,TIME_PERIOD,OBS_VALUE,NATURE
A:B(1.0),SI_POV,KG,F,2020,5.5,E"""


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (GENERIC_21, "sdmx-ml-2.1-generic"),
        (FLAT_21, "sdmx-ml-2.1-generic"),
        (GENERIC_20, "sdmx-ml-2.0-generic"),
        (COMPACT_20, "sdmx-ml-2.0-compact"),
        (SPECIFIC_21, "sdmx-ml-2.1-structure-specific"),
        (SDMX_CSV, "sdmx-csv"),
    ],
)
def test_one_observation_is_the_same_in_every_shape_of_sdmx(text, form):
    (row,), report = read(text.encode())
    assert report.form == form
    assert (row.series, row.area, row.time, row.value, row.parts) == ("SI_POV", "KG", "2020", "5.5", {"SEX": "F"})
    assert row.attributes["NATURE"] == "E"


def test_a_document_type_is_refused_before_its_entities_are_read():
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(Unreadable) as refusal:
        read(bomb.encode())
    assert refusal.value.code == "indicators.doctype"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "indicators.empty"),
        (b"<Structure/>", "indicators.not_data"),
        (b"<html/>", "indicators.not_sdmx"),
        (GENERIC_21[:-20].encode(), "indicators.broken_xml"),
        ("series,year,value\na,2020,5".encode("utf-16-le"), "indicators.encoding"),
        (b"some words\nand others", "indicators.columns"),
        (b"PK\x03\x04 no workbook", "indicators.broken_xlsx"),
    ],
)
def test_a_file_that_is_none_says_why(data, code):
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.code == code


def test_a_wide_table_has_a_value_for_each_year_that_is_filled():
    rows, report = read(a_table("wells,KG,5,,7", header="indicator,place,2019,2020,2021"))
    assert [(row.time, row.value) for row in rows] == [("2019", "5"), ("2021", "7")]
    assert report.form == "csv-wide"


def test_a_russian_table_of_windows_with_semicolons_is_read():
    rows, _report = read("Показатель;Место;Год;Значение;Пол\nwells;KG;2020;12,5;F".encode("cp1251"))
    assert rows[0][1:5] == ("wells", "KG", "2020", "12,5")
    assert (rows[0].parts, rows[0].attributes["DECIMAL"]) == ({"SEX": "F"}, ",")


def test_tags_of_hxl_are_no_row():
    rows, _report = read(b"indicator,year,value\n#indicator+code,#date+year,#indicator+value\nwells,2020,5")
    assert [row.line for row in rows] == [3]


def test_a_workbook_is_read_from_its_first_sheet():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name in ("figures", "notes"):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(
                [["A title"], ["indicator", "place", "year", "value"], ["wells", "KG", 2020, 5.5]]
            ):
                sheet.write_row(at, 0, row)
    (row,), report = read(made.getvalue())
    assert (row.series, row.area, row.time, row.value) == ("wells", "KG", "2020", "5.5")
    assert list(report.notes) == ["Only the first sheet was read. Not read: notes"]


def test_parts_in_one_cell_are_taken_apart():
    (row,), _report = read(
        b"indicator,year,breakdown,value\n1.2.1,2020,SERIES=SI_POV;REF_AREA=KG;UNIT_MEASURE=PT;SEX=F,5"
    )
    assert (row.series, row.group, row.area, row.unit, row.parts) == ("SI_POV", "1.2.1", "KG", "PT", {"SEX": "F"})
