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
