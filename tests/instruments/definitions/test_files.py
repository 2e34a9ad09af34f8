"""Tables as people bring them."""

import pytest

from kurak.instruments.definitions.files import Unreadable, read_csv, read_sheet


def refused(text, encoding="utf-8"):
    with pytest.raises(Unreadable) as wrong:
        read_csv(text.encode(encoding), "dams.csv")
    return wrong.value.problems[0]


def test_cells_keep_their_line_in_the_file_though_blank_lines_are_left_out():
    sheet = read_csv(b"unit,a\n\nx,1\n,\ny,\n", "dams.csv")
    assert (sheet.rows, sheet.lines, sheet.at(1, "a")) == ([["x", "1"], ["y", None]], [3, 5], (5, 2))


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_found_and_told(separator):
    sheet = read_csv(f"unit{separator}a\nx{separator}1,5\n".encode(), "dams.csv")
    assert sheet.rows == [["x", "1.5"]]
    assert any("separated by" in note for note in sheet.notes)


def test_a_comma_that_may_part_thousands_is_refused_with_its_place():
    problem = refused('unit,a\nx,"1,234"\ny,"5,678"\n')
    assert (problem.line, problem.column, problem.code) == (2, 2, "table.comma")


def test_thousands_with_spaces_and_long_minus_signs_are_read_and_told():
    sheet = read_csv("unit;a;b\nx;12 345,5;−3,5\ny;1 000;2,25\n".encode(), "dams.csv")
    assert [row[1:] for row in sheet.rows] == [["12345.5", "-3.5"], ["1000", "2.25"]]
    assert any("spaces between thousands" in note for note in sheet.notes)


def test_texts_with_commas_and_spaces_stay_as_they_are():
    sheet = read_csv(b'unit,name\nx,"Bishkek, the city"\ny,Osh 2 000 more\n', "dams.csv")
    assert sheet.column("name") == ["Bishkek, the city", "Osh 2 000 more"]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 1, "table.empty"),
        ("unit,a,a\nx,1,2\n", 1, "table.header"),
        ("unit,a\nx,1,2\n", 2, "table.cells"),
        ('unit,a\nx,"1\n', 2, "table.quotes"),
        ("unit,a\nx,\x00\x00\x81\n", 1, "table.binary"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text, line, code):
    problem = refused(text, "latin-1")
    assert (problem.line, problem.code) == (line, code)


def test_a_file_of_another_alphabet_is_read_and_reported():
    sheet = read_csv("страна,a\nКыргызстан,1\n".encode("cp1251"), "dams.csv")
    assert sheet.rows == [["Кыргызстан", "1"]]
    assert "Windows-1251" in sheet.notes[0]
    assert read_csv("страна,a\nКыргызстан,1\n".encode("utf-16"), "dams.csv").header == ["страна", "a"]


def test_a_workbook_that_is_none_is_refused(tmp_path):
    (tmp_path / "dams.xlsx").write_bytes(b"no workbook at all")
    with pytest.raises(Unreadable, match="cannot be read"):
        read_sheet(tmp_path / "dams.xlsx")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_two_and_four_bytes_a_letter_are_known_without_a_mark_too(encoding):
    sheet = read_csv("iso3,a\nКыргызстан,1\nKAZ,2\n".encode(encoding), "dams.csv")
    assert (sheet.header, sheet.column("a")) == (["iso3", "a"], ["1", "2"])
    assert "written in UTF-" in sheet.notes[0]


def test_half_a_letter_at_the_end_is_refused():
    with pytest.raises(Unreadable, match="broken at byte"):
        read_csv("iso3,a\nKAZ,2\n".encode("utf-16") + b"\x00", "dams.csv")


def test_the_line_that_spreadsheets_write_for_the_separator_is_no_header():
    sheet = read_csv(b"sep=;\nunit;a\nx;1,5\n", "dams.csv")
    assert (sheet.header, sheet.rows, sheet.lines) == (["unit", "a"], [["x", "1.5"]], [3])


def test_a_title_above_the_header_is_told_from_a_row_too_long():
    assert "line 1 is a title" in refused("Dams of the region\nunit,a\nx,1\n").remedy


def workbook(path, write):
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(("unit", "year", "a")):
            sheet.write(0, column, name)
        write(sheet)
    with pytest.raises(Unreadable) as wrong:
        read_sheet(path)
    return wrong.value.problems[0]


def test_merged_cells_are_refused_because_their_lower_rows_would_be_lost(tmp_path):
    problem = workbook(tmp_path / "dams.xlsx", lambda sheet: sheet.merge_range(1, 0, 2, 0, "KAZ"))
    assert (problem.code, problem.line, problem.column) == ("table.merged", 2, 1)
    assert "to line 3, column 1 are merged" in problem.said


def test_formulas_that_failed_are_refused_with_their_cell(tmp_path):
    problem = workbook(tmp_path / "dams.xlsx", lambda sheet: sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!"))
    assert (problem.code, "B4" in problem.said) == ("table.formula", True)


def test_a_workbook_that_would_grow_is_refused_before_it_does(tmp_path, monkeypatch):
    monkeypatch.setattr("kurak.instruments.definitions.files.UNPACKED", 1000)
    assert workbook(tmp_path / "dams.xlsx", lambda sheet: None).code == "table.too-large"


def test_a_file_of_more_than_a_hundred_megabytes_is_refused_unread(tmp_path):
    with (tmp_path / "dams.csv").open("wb") as large:
        large.truncate(100_000_001)
    with pytest.raises(Unreadable, match="larger than 100 MB"):
        read_sheet(tmp_path / "dams.csv")
