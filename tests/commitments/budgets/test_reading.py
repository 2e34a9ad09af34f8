"""From a table to lines: encodings, headers, amounts, and what is refused."""

import io

import pytest
import xlsxwriter

from kurak.commitments.budgets.columns import guessed
from kurak.commitments.budgets.reading import BadLines, Reading, last_month, read, sheet_of
from kurak.ground.errors import Refused
from tests.factories.budgets import a_table


def drafts(data: bytes, **how):
    sheet = sheet_of(data)
    return read(sheet, guessed(sheet.header), Reading(**how))


def refused(*lines: str, header: str = "code,title,functional,approved") -> list[tuple[int, str, str]]:
    with pytest.raises(BadLines) as wrong:
        drafts(a_table(*lines, header=header))
    return [each[:3] for each in wrong.value.refusals]


def test_a_russian_table_in_an_old_encoding_with_decimal_commas():
    data = "Бюджет города\n\nКод;Наименование;Утверждено;Уточнено\n1;Улицы;1 250,50;\n".encode("cp1251")
    line = drafts(data, language="ru")[0]
    assert (str(line.title), str(line.fields["approved"]), line.fields["adjusted"]) == ("Улицы", "1250.50", None)


def test_a_workbook_is_read_like_a_table():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["Code", "Name", "Plan"], ["01", "Streets", 1250.5]]):
            sheet.write_row(row, 0, cells)
    line = drafts(made.getvalue())[0]
    assert (line.code, str(line.fields["approved"])) == ("01", "1250.50")


def test_every_wrong_cell_is_told_with_its_line_and_column():
    found = refused("1,Streets,99,5", "1,,04,many", "2,Water,06.3,", "a b,Bus,,-4")
    assert found == [
        (2, "functional", "99"), (3, "code", "1"), (3, "title", ""), (3, "approved", "many"), (4, "approved", ""),
        (5, "code", "a b"), (5, "approved", "-4"),
    ]  # fmt: skip


def test_an_amount_that_can_be_read_in_two_ways_is_refused():
    assert refused('1,Streets,,"1,234"') == [(2, "approved", "1,234")]


def test_thousands_become_whole_units():
    assert (
        drafts(a_table("1,Streets,,2.5", header="code,title,functional,approved"), unit=1000)[0].fields["approved"]
        == 2500
    )


def test_months_alone_are_summed_from_january():
    data = a_table("1,Streets,9,1,2,4", header="code,title,approved,m01,m02,m03")
    assert list(drafts(data, months="each")[0].spending.values()) == [1, 3, 7]
    assert list(drafts(data, months="sum")[0].spending.values()) == [1, 2, 4]


def test_a_gap_between_months_cannot_be_summed():
    data = a_table("1,Streets,9,1,,4", header="code,title,approved,m01,m02,m03")
    with pytest.raises(BadLines):
        drafts(data, months="each")
    assert drafts(data, months="sum")[0].spending == {1: 1, 3: 4}


def test_an_empty_cell_is_not_zero_and_the_last_month_is_known():
    found = drafts(a_table("1,A,9,1,", "2,B,9,1,0", header="code,title,approved,m01,m02"))
    assert (found[0].spending, found[1].spending, last_month(found, Reading())) == ({1: 1}, {1: 1, 2: 0}, 2)


def test_gfs_interest_is_marked_by_its_code():
    line = drafts(a_table("1,Loan,241,9", header="code,title,economic,approved"))[0]
    assert line.fields["special"] == "interest"


@pytest.mark.parametrize("data", [b"", b"one\n", b"\x00\x01\x02", b"PK\x03\x04broken", b"%PDF-1.4 x"])
def test_what_is_no_table_is_refused(data):
    with pytest.raises(Refused):
        sheet_of(data)


def test_one_column_cannot_be_two_things():
    sheet = sheet_of(a_table())
    with pytest.raises(Refused, match="One column"):
        read(sheet, {"code": 0, "title": 1, "approved": 7, "adjusted": 7}, Reading())
