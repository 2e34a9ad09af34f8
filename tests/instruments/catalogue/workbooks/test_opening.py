"""A workbook that a stranger sent is refused before it can do harm, with a sentence that says what to do."""

import io
import zipfile

import pytest
import xlsxwriter

from kurak.ground.errors import Refused
from kurak.instruments.catalogue.workbooks.opening import LARGEST, UNPACKED, opened
from kurak.instruments.catalogue.workbooks.writing import as_workbook
from tests.factories.catalogue import a_document


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        opened(content)
    assert str(refusal.value).endswith(".")
    return refusal.value.code


def repacked(change: dict[str, bytes]) -> bytes:
    """The workbook of a document, with parts put in or changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_workbook(a_document()))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
        for name in set(change) - set(old.namelist()):
            new.writestr(name, change[name])
    return made.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(as_workbook(a_document()))) as archive:
        return archive.read(name)


def test_a_workbook_of_our_own_is_opened():
    assert opened(as_workbook(a_document())).rows["instrument"][0][:2] == ["key", "value"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"code: wells", "workbook.none"),
        (b"", "workbook.none"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "workbook.old"),
        (b"PK\x03\x04" + b"broken" * 50, "workbook.none"),
        (b"x" * (LARGEST + 1), "workbook.large"),
    ],
)
def test_what_is_no_workbook_is_refused(content, code):
    assert code_of(content) == code


def test_formulas_are_refused_and_named_by_sheet_and_cell():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("instrument").write("A1", "key")
    book.add_worksheet("criteria").write_formula("B7", "=1+1", None, 2)
    book.close()
    with pytest.raises(Refused, match="criteria!B7"):
        opened(buffer.getvalue())


def test_macros_are_refused():
    assert code_of(repacked({"xl/vbaProject.bin": b"anything"})) == "workbook.macros"


def test_links_to_other_files_are_refused():
    assert code_of(repacked({"xl/externalLinks/externalLink1.xml": b"<a/>"})) == "workbook.links"


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert code_of(repacked({"xl/media/image1.png": b"0" * (UNPACKED + 1)})) == "workbook.bomb"


def test_an_archive_of_thousands_of_files_is_refused():
    assert code_of(repacked({f"xl/media/{number}": b"" for number in range(300)})) == "workbook.bomb"


def test_entities_are_refused():
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert code_of(repacked({"xl/sharedStrings.xml": evil})) == "workbook.broken"


def test_a_cell_at_the_end_of_the_world_is_refused():
    far = part("xl/worksheets/sheet1.xml").replace(b'r="A2"', b'r="XFD1048576"')
    assert code_of(repacked({"xl/worksheets/sheet1.xml": far})) == "workbook.far"


def test_a_damaged_workbook_is_refused():
    assert code_of(repacked({"xl/workbook.xml": b"<nothing"})) == "workbook.broken"


def test_an_archive_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert code_of(buffer.getvalue()) == "workbook.kind"


@pytest.mark.parametrize(
    "far",
    [
        b"<row r='2'><c r='XFD1048576'><v>1</v></c></row>",
        b"<row r='1048576'><c><v>1</v></c></row>",
        b"<row/>" * 30_000 + b"<row><c><v>1</v></c></row>",
        b"<row r='2'>" + b"<c/>" * 400 + b"<c><v>1</v></c></row>",
        b'<row r="2"><c t=">" r = "xfd9"><v>1</v></c></row>',
    ],
)
def test_a_cell_far_out_is_found_however_it_is_written(far):
    sheet = part("xl/worksheets/sheet1.xml")
    there = sheet.replace(b"</sheetData>", far + b"</sheetData>")
    assert there != sheet
    assert code_of(repacked({"xl/worksheets/sheet1.xml": there})) == "workbook.far"


def test_many_wide_sheets_together_are_too_much(monkeypatch):
    monkeypatch.setattr("kurak.instruments.catalogue.workbooks.opening.MOST_CELLS", 3)
    assert code_of(repacked({})) == "workbook.bomb"
