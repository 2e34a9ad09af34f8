"""A sheet of answers as a workbook: one row a question, drop-downs, everything locked but what is to be answered."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from kurak.instruments.assessments import queries
from kurak.instruments.assessments.answering import mark, stored
from kurak.instruments.assessments.exchange.layout import ABOUT, COLUMNS, HEAD, LEVELS, belongs_to, choice, level_choice
from kurak.instruments.assessments.models import Sheet
from kurak.instruments.assessments.questions import Questionnaire, said

WIDTHS = (10, 18, 42, 52, 30, 40, 24, 34, 4)


def write(sheet: Sheet) -> bytes:
    """The file, in the reader's language, with what is answered already."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        Writing(book, sheet).all()
    return made.getvalue()


class Writing:
    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.book, self.sheet, self.language = book, sheet, get_language() or "en"
        self.questionnaire = Questionnaire(sheet.assessment.edition, short=sheet.assessment.short)
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.open = book.add_format(
            {"text_wrap": True, "valign": "top", "locked": False, "bg_color": "#FBEED2", "border": 1, "num_format": "@"}
        )
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#0A6D77", "font_color": "#FFFFFF"}
        )
        self.hidden = book.add_format({"font_color": "#999999", "valign": "top"})
        self.page = book.add_worksheet(_("Answers")[:31])
        self.about = book.add_worksheet(_("About this file")[:31])
        self.choices = book.add_worksheet("choices")

    def all(self) -> None:
        self._heads()
        self._levels()
        answers, row = queries.answers_of(self.sheet), HEAD
        for page in self.questionnaire.pages:
            for criterion in page.criteria:
                self._row(row, str(page.title.into(self.language)), criterion, stored(answers.get(criterion.code)))
                row += 1
        self._protect(row)
        self._about()

    def _heads(self) -> None:
        names = (_("Code"), _("Part"), _("Question"), _("Answers"), _("Your answer"), _("Note"), _("Evidence"),
                 _("Link to evidence"), "")  # fmt: skip
        for column, (code, name, width) in enumerate(zip(COLUMNS, names, WIDTHS, strict=True)):
            self.page.write_string(0, column, code, self.hidden)
            self.page.write_string(1, column, name, self.heading)
            self.page.set_column(column, column, width, None, {"hidden": code == "before"})
        self.page.set_row(0, None, None, {"hidden": True})
        self.page.freeze_panes(HEAD, 3)
        if get_language_bidi():
            self.page.right_to_left()
            self.about.right_to_left()

    def _levels(self) -> None:
        for place, (level, label) in enumerate(LEVELS):
            self.choices.write_string(place, 0, level_choice(level, label))

    def _row(self, row: int, part: str, criterion: Any, given: Any) -> None:
        texts = [choice(option, self.language) for option in criterion.options]
        bounds = criterion.bounds
        hint = (
            _("A number from %(low)g to %(high)g") % {"low": bounds[0], "high": bounds[1]} if bounds else _("A number")
        )
        now = next(
            (text for option, text in zip(criterion.options, texts, strict=True) if option.word == given.word),
            given.word,
        )
        for column, text in enumerate(
            (criterion.code, part, str(criterion.ask.into(self.language)), "\n".join(texts) or hint)
        ):
            self.page.write_string(row, column, text, self.wrapped)
        self.page.write_string(row, 4, now, self.open)
        self.page.write_string(row, 5, given.note, self.open)
        level = level_choice(given.level, dict(LEVELS)[given.level]) if criterion.takes_evidence else ""
        self.page.write_string(row, 6, level, self.open if criterion.takes_evidence else self.wrapped)
        self.page.write_string(row, 7, "", self.open if criterion.takes_evidence else self.wrapped)
        self.page.write_string(row, 8, mark(given), self.hidden)
        self._drop_downs(row, criterion, texts)

    def _drop_downs(self, row: int, criterion: Any, texts: list[str]) -> None:
        """Lists stand on a sheet of their own: a list inside a rule may have 255 characters only."""
        stop = {"error_title": _("Not among the answers"), "error_message": _("Choose one of the list.")}
        if texts:
            for column, text in enumerate(texts):
                self.choices.write_string(row + len(LEVELS), column, text)
            source = f"=choices!{cells(row + len(LEVELS), 0, len(texts) - 1)}"
            self.page.data_validation(row, 4, row, 4, {"validate": "list", "source": source, **stop})
        if criterion.takes_evidence:
            source = f"=choices!$A$1:$A${len(LEVELS)}"
            self.page.data_validation(row, 6, row, 6, {"validate": "list", "source": source, **stop})

    def _protect(self, rows: int) -> None:
        """Without a password: it keeps rows from being broken by chance, not from being read."""
        self.page.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(1)
        self.page.print_area(0, 0, max(rows - 1, HEAD), 7)
        self.choices.hide()

    def _about(self) -> None:
        assessment = self.sheet.assessment
        title = said(self.questionnaire.document.get("title") or "").into(self.language)
        lines = [
            (ABOUT, ""), *belongs_to(self.sheet).items(),
            (_("Instrument"), f"{title} ({assessment.edition.edition})"),
            (_("Period"), f"{assessment.start.isoformat()} – {assessment.end.isoformat()}"),
            (_("How to answer"), _("Choose an answer in each yellow cell. Leave empty what you cannot answer.")),
            (_("Be careful"), _("Write no names of people you help. Delete this file where others use the device.")),
        ]  # fmt: skip
        self.about.set_column(0, 0, 22)
        self.about.set_column(1, 1, 80, self.wrapped)
        for row, (name, value) in enumerate(lines):
            self.about.write_string(row, 0, str(name))
            self.about.write_string(row, 1, str(value))
        self.about.protect()


def cells(row: int, first: int, last: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    found: str = xl_range_abs(row, first, row, last)
    return found
