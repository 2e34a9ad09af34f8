"""Mistakes in a workbook are named by sheet and cell, all at once."""

import io

import pytest
import xlsxwriter

from kurak.instruments.catalogue.building.uploading import Unfit, from_workbook
from kurak.instruments.catalogue.workbooks.layout import BY_NAME
from kurak.instruments.catalogue.workbooks.rows import rows_of
from tests.factories.catalogue import a_document

LANGUAGES = ["en", "ru"]


def a_workbook(change) -> bytes:
    """The workbook of a document, after somebody has changed its rows: {sheet: [{column: value}]}."""
    rows = rows_of(a_document())
    change(rows)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False})
    for name, lines in rows.items():
        sheet = BY_NAME[name]
        header = ["key", "value", *LANGUAGES] if name == "instrument" else sheet.header(LANGUAGES)
        header += [column for line in lines for column in line if column not in header]
        page = book.add_worksheet(name.title())  # however people spell it
        page.write_row(0, 0, header)
        for number, line in enumerate(lines, start=1):
            for column, value in line.items():
                page.write(number, header.index(column), value)
    book.close()
    return buffer.getvalue()


def faults(change) -> list[tuple[str, str]]:
    with pytest.raises(Unfit) as unfit:
        from_workbook(a_workbook(change))
    return [(each.where, each.said) for each in unfit.value.faults]


def test_a_workbook_that_nobody_changed_is_right():
    assert from_workbook(a_workbook(lambda rows: None)).document == a_document()


def test_a_parent_that_is_not_there_is_named_with_its_cell():
    (first, *_rest) = faults(lambda rows: rows["criteria"][4].update(parent="watre"))
    assert first == ("criteria!B6", "no row above has the code 'watre'")


def test_a_column_that_does_not_exist_is_told_with_the_one_that_was_meant():
    found = faults(lambda rows: rows["criteria"][0].update({"wieght": 3}))
    assert (found[0][0].split("!")[0], found[0][1]) == ("criteria", "there is no column 'wieght'")


def test_a_list_that_is_not_closed_is_told_with_its_cell():
    assert ("criteria!N5", "'[0, 100' cannot be read") in faults(
        lambda rows: rows["criteria"][3].update(bounds="[0, 100")
    )


def test_what_the_engine_finds_wrong_is_told_with_its_cell():
    found = faults(lambda rows: rows["criteria"][4].update(normalise="{by: goalposts, low: 0}"))
    assert found[0][0] == "criteria!L6"
    assert "'high'" in found[0][1]


def test_many_mistakes_are_told_at_once():
    def change(rows):
        rows["criteria"][3]["direction"] = "sideways"
        rows["answers"][0]["counts"] = "{"
        rows["classes"][1]["from"] = "soon"
        rows["sources"].append({"code": "own"})

    assert {where.split("!")[0] for where, _said in faults(change)} == {"criteria", "answers", "classes", "sources"}


def test_an_answer_is_of_a_scale_or_of_a_criterion():
    found = faults(lambda rows: rows["answers"].append({"answer": "maybe", "counts": 1}))
    assert found == [("answers!A6", "the row names both a scale and a criterion, or none")]


def test_a_workbook_without_criteria_says_so():
    found = faults(lambda rows: rows.pop("criteria"))
    assert ("criteria", "there is no sheet 'criteria'") in found


def test_a_number_where_a_name_belongs_is_read_as_a_name():
    def change(rows):
        next(row for row in rows["instrument"] if row["key"] == "edition")["value"] = 2027
        rows["answers"].append({"scale": "care", "answer": 5, "counts": 100})

    document = from_workbook(a_workbook(change)).document
    assert (str(document["edition"]), document["answers"]["care"]["5"]) == ("2027", 100)
