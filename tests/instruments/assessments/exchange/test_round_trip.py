"""The workbook out and in again; the form for phones and its answers."""

import csv
import io
import zipfile

import pytest
import xlsxwriter
from django.utils import translation
from python_calamine import CalamineWorkbook

from kurak.ground.errors import Forbidden, Refused
from kurak.instruments.assessments.exchange import workbook, xlsform
from kurak.instruments.assessments.exchange.actions import bring_in
from kurak.instruments.assessments.exchange.layout import COLUMNS
from kurak.instruments.assessments.exchange.problems import BadWorkbook
from kurak.instruments.assessments.models import Evidence, Sheet
from kurak.instruments.definitions.files import Unreadable, read_workbook
from tests.factories.files import DOCX, an_archive_of
from tests.factories.instruments import a_document, a_sheet, an_assessment, an_edition, with_answers
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet() -> Sheet:
    return an_assessment().sheets.get(role=Sheet.Role.SELF)


def rows_of(data: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def written(sheets: dict[str, list[list]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return made.getvalue()


def filled(sheet: Sheet, **given: dict) -> bytes:
    """The sheet's workbook with cells changed: filled(sheet, rules={"answer": "2"})."""
    sheets = rows_of(workbook.write(sheet))
    for row in next(iter(sheets.values())):
        for column, value in given.get(row[0], {}).items():
            row[COLUMNS.index(column)] = value
    return written(sheets)


def words(sheet: Sheet) -> dict[str, str]:
    return dict(sheet.answers.exclude(given="").values_list("criterion", "given"))


def problems(sheet: Sheet, data: bytes, **more) -> list[tuple]:
    with pytest.raises(BadWorkbook) as refused:
        bring_in(sheet=sheet, by=sheet.rater, data=data, **more)
    return [(each.row, each.column, each.remedy) for each in refused.value.problems]


def test_the_workbook_has_a_row_for_each_question_in_the_reader_s_language(sheet):
    with translation.override("ru"):
        rows = next(iter(rows_of(workbook.write(sheet)).values()))
    assert [row[0] for row in rows[2:]] == ["purpose", "rules", "accounts", "complaints", "people", "months"]
    assert rows[3][2] == "Записаны ли ваши правила?"
    assert rows[3][3].splitlines()[2] == "2 – Полностью"


def test_what_comes_back_unchanged_changes_nothing(sheet):
    with_answers(sheet)
    assert bring_in(sheet=sheet, by=sheet.rater, data=workbook.write(sheet)) == []


def test_answers_come_back_with_notes_levels_and_links(sheet):
    data = filled(
        sheet, rules={"answer": "2 – In full", "note": "Since 2020", "level": "2 – Confirmed", "link": "https://example.org/a"},
        months={"answer": 7.5}, complaints={"answer": "N/A"},
    )  # fmt: skip
    assert bring_in(sheet=sheet, by=sheet.rater, data=data) == ["complaints", "months", "rules"]
    assert words(sheet) == {"rules": "2", "months": "7.5", "complaints": "n/a"}
    rules = sheet.answers.get(criterion="rules")
    assert (rules.note, rules.level, rules.evidence.get().link) == ("Since 2020", 2, "https://example.org/a")


def test_a_workbook_of_one_language_is_read_in_another(sheet):
    with translation.override("ru"):
        data = filled(sheet, rules={"answer": "1 – Частично"})
    with translation.override("prs"):
        bring_in(sheet=sheet, by=sheet.rater, data=data)
    assert words(sheet) == {"rules": "1"}


def test_every_mistake_is_named_by_row_and_nothing_is_taken_over(sheet):
    data = filled(
        sheet, rules={"answer": "7"}, months={"answer": "sixty"}, people={"answer": "2", "level": "9"},
        purpose={"answer": "yes"},
    )  # fmt: skip
    found = problems(sheet, data)
    assert [(row, column) for row, column, _remedy in found] == [(4, "answer"), (7, "level"), (8, "answer")]
    assert "0, 1, 2, n/a, dk" in found[0][2]
    assert words(sheet) == {}


def test_a_bad_link_takes_the_answers_back_too(sheet):
    data = filled(sheet, rules={"answer": "2", "link": "the statutes"})
    assert problems(sheet, data)[0][:2] == (4, "link")
    assert (words(sheet), Evidence.objects.count()) == ({}, 0)


def test_what_was_changed_here_meanwhile_is_named_and_kept(sheet):
    data = filled(sheet, rules={"answer": "2"})
    with_answers(sheet, {"rules": "1"})
    assert "meanwhile: 1" in problems(sheet, data)[0][2]
    assert words(sheet) == {"rules": "1"}
    assert bring_in(sheet=sheet, by=sheet.rater, data=data, overwrite=True) == ["rules"]


def test_a_row_left_as_it_was_does_not_undo_what_was_answered_here(sheet):
    data = filled(sheet, rules={"answer": "2"})
    with_answers(sheet, {"people": "1"})
    bring_in(sheet=sheet, by=sheet.rater, data=data)
    assert words(sheet) == {"rules": "2", "people": "1"}


def test_a_file_of_another_edition_or_another_sheet_is_refused(sheet):
    other = an_assessment(an_edition(a_document(code="another"))).sheets.get()
    assert "another edition" in problems(sheet, workbook.write(other))[0][2]
    colleague = a_sheet(sheet.assessment, "peer")
    assert "another assessment" in problems(sheet, workbook.write(colleague))[0][2]


def test_a_changed_code_and_a_doubled_row_are_named(sheet):
    sheets = rows_of(workbook.write(sheet))
    rows = next(iter(sheets.values()))
    rows[2][0], rows[4] = "nonsense", rows[3]
    assert [(row, column) for row, column, _remedy in problems(sheet, written(sheets))] == [(3, "code"), (5, "code")]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 and nothing", an_archive_of(DOCX), b"\xff\xfe\x00", b"a;b\n1;2\n", written({"a": [["b"]]})],
)
def test_what_is_no_file_of_ours_is_refused_with_what_to_do(sheet, data):
    assert problems(sheet, data)


def test_a_stranger_brings_nothing_in(sheet):
    with pytest.raises(Forbidden):
        bring_in(sheet=sheet, by=a_person(), data=filled(sheet, rules={"answer": "2"}))


def test_a_sheet_that_was_handed_in_takes_no_file(sheet):
    data = filled(sheet, rules={"answer": "2"})
    sheet.handed_in_at = sheet.saved_at
    sheet.save()
    with pytest.raises(Refused, match="handed in"):
        bring_in(sheet=sheet, by=sheet.rater, data=data)


def test_a_note_that_looks_like_a_formula_stays_text(sheet):
    with_answers(sheet, {"rules": "1"})
    sheet.answers.update(note='=HYPERLINK("https://example.org")')
    with zipfile.ZipFile(io.BytesIO(workbook.write(sheet))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    assert rows_of(workbook.write(sheet))["Answers"][3][5] == '=HYPERLINK("https://example.org")'


def test_the_form_for_phones_has_its_three_sheets_in_every_language(sheet):
    sheets = rows_of(xlsform.write(sheet))
    assert list(sheets) == ["survey", "choices", "settings"]
    heads, *rows = sheets["survey"]
    asked = {row[heads.index("name")]: row for row in rows}
    assert asked["rules"][heads.index("type")] == "select_one list_rules"
    assert asked["rules"][heads.index("label::Russian (ru)")] == "Записаны ли ваши правила?"
    assert asked["months"][heads.index("constraint")] == ". >= 0 and . <= 60"
    opened = [row[0] for row in rows if "group" in row[0]]
    assert opened == ["begin_group", "end_group"] * 3
    lists = {row[0] for row in sheets["choices"][1:]}
    assert {row[0].split()[1] for row in rows if row[0].startswith("select_one")} == lists


def collected(sheet: Sheet, *, delimiter: str = ",", rows: int = 1, **answers: str) -> bytes:
    """What Kobo exports: groups before the names, columns of its own, one row a submission."""
    cells = {
        "_submission_time": "2026-11-01", "kurak_sheet": str(sheet.pk),
        "kurak_edition": sheet.assessment.edition.sha256,
        **{f"part_any/{code}": word for code, word in answers.items()},
    }  # fmt: skip
    made = io.StringIO()
    writing = csv.DictWriter(made, cells, delimiter=delimiter)
    writing.writeheader()
    for _row in range(rows):
        writing.writerow(cells)
    return made.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_answers_of_the_form_are_taken_over(sheet, delimiter):
    data = collected(sheet, delimiter=delimiter, rules="2", rules__note="Да, с 2020", rules__level="1", months="3")
    assert bring_in(sheet=sheet, by=sheet.rater, data=data) == ["months", "rules"]
    assert (words(sheet), sheet.answers.get(criterion="rules").note) == ({"rules": "2", "months": "3"}, "Да, с 2020")


def test_two_submissions_are_one_too_many(sheet):
    assert "2 rows" in problems(sheet, collected(sheet, rows=2, rules="2"))[0][2]


def test_the_form_does_not_overwrite_what_was_answered_here(sheet):
    with_answers(sheet, {"rules": "1"})
    assert "meanwhile" in problems(sheet, collected(sheet, rules="2"))[0][2]


def a_far_cell() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet("a")
        page.write(0, 0, "code")
        page.write(1048575, 16383, "the end of the world")
    return made.getvalue()


def test_a_cell_at_the_end_of_the_world_makes_no_table(sheet):
    assert "too far out" in problems(sheet, a_far_cell())[0][2]


def test_data_of_an_index_are_no_bomb_either():
    with pytest.raises(Unreadable, match="cells"):
        read_workbook(a_far_cell(), "a.xlsx")


def test_what_a_cell_computed_is_an_answer(sheet):
    sheets = rows_of(workbook.write(sheet))
    name, rows = next(iter(sheets.items()))
    place = next(number for number, row in enumerate(rows) if row[0] == "months")
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for each, cells in sheets.items():
            page = book.add_worksheet(each)
            for number, row in enumerate(cells):
                page.write_row(number, 0, row)
            if each == name:
                page.write_formula(place, COLUMNS.index("answer"), "=3+3", None, 6)
    assert bring_in(sheet=sheet, by=sheet.rater, data=made.getvalue()) == ["months"]
    assert words(sheet) == {"months": "6"}


def test_answers_in_other_digits_and_with_other_marks_are_understood(sheet):
    data = filled(sheet, rules={"answer": "۲", "level": "۱ – سند"}, months={"answer": "۶٫۵"})
    assert bring_in(sheet=sheet, by=sheet.rater, data=data) == ["months", "rules"]
    assert words(sheet) == {"rules": "2", "months": "6.5"}
    assert sheet.answers.get(criterion="rules").level == 1


def test_characters_that_nobody_types_stay_outside(sheet):
    bring_in(sheet=sheet, by=sheet.rater, data=collected(sheet, rules="2", rules__note="a\x00b\u202ec 👩‍🌾 می‌رود"))
    assert sheet.answers.get(criterion="rules").note == "abc 👩‍🌾 می‌رود"


def test_an_address_that_is_too_long_is_named_by_its_row(sheet):
    found = problems(sheet, filled(sheet, rules={"answer": "2", "link": "https://x.kg/" + "a" * 600}))
    assert [(column, "at most 500" in remedy) for _row, column, remedy in found] == [("link", True)]
    assert not words(sheet)
