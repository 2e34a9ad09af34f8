"""An edition as an XLSForm: what ODK and KoboToolbox make a form for phones of. Source: xlsform.org, version 2024."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kurak.ground.languages.declared import BY_CODE
from kurak.instruments.assessments.exchange.layout import LEVELS, belongs_to
from kurak.instruments.assessments.models import Sheet
from kurak.instruments.assessments.questions import Criterion, Questionnaire, said

NOTE, LEVEL, LINK = "__note", "__level", "__link"  # what stands behind a question's own code
OWN = "kurak_"  # what the form carries of itself


def write(sheet: Sheet) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        form = Form(sheet)
        for name, rows in (("survey", form.survey()), ("choices", form.choices()), ("settings", form.settings())):
            fill(book.add_worksheet(name), list(rows))
    return made.getvalue()


def fill(page: Any, rows: list[dict[str, str]]) -> None:
    """A sheet of rows; its columns are all that any row names, in the order of their first use."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    for column, head in enumerate(heads):
        page.write_string(0, column, head)
        for line, row in enumerate(rows, start=1):
            page.write_string(line, column, str(row.get(head, "")))


def _as_it_is(text: object, _language: str) -> object:
    """A word of our own: translated when it is written."""
    return text


class Form:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.languages = Questionnaire(sheet.assessment.edition).languages or ("en",)
        self.asked = {code: self._in(code) for code in self.languages}
        self.questionnaire = self.asked[self.languages[0]]

    def _in(self, code: str) -> Questionnaire:
        """The questions with our own words in that language too."""
        with translation.override(code):
            made = Questionnaire(self.sheet.assessment.edition, short=self.sheet.assessment.short)
            _read = made.criteria  # now, in this language
            return made

    def texts(self, column: str, text: Callable[[str], object]) -> dict[str, str]:
        """One column for each language: `label::Russian (ru)`."""
        found = {}
        for code in self.languages:
            with translation.override(code):
                found[f"{column}::{BY_CODE[code].english_name} ({code})"] = str(text(code))
        return found

    def survey(self) -> Iterator[dict[str, str]]:
        for name, value in belongs_to(self.sheet).items():
            yield {
                "type": "calculate",
                "name": f"{OWN}{name}",
                **self.texts("label", lambda _code: ""),
                "calculation": f"'{value}'",
            }
        for page in self.questionnaire.pages:
            yield {"type": "begin_group", "name": f"part_{page.code}", **self.texts("label", page.title.into)}
            for criterion in page.criteria:
                yield from self._question(criterion)
            yield {"type": "end_group"}

    def _question(self, criterion: Criterion) -> Iterator[dict[str, str]]:
        kind = f"select_one list_{criterion.code}" if criterion.options else "decimal"
        asked = {"type": kind, "name": criterion.code, **self.texts("label", criterion.ask.into)}
        if criterion.bounds and not criterion.options:
            asked["constraint"] = f". >= {criterion.bounds[0]:g} and . <= {criterion.bounds[1]:g}"
        yield asked
        answered = {"relevant": f"${{{criterion.code}}} != ''"}
        if criterion.takes_evidence:
            about: dict[str, Callable[[str], object]] = {
                LEVEL: lambda _code: _("What the answer stands on"), LINK: lambda _code: _("Link to evidence"),
            }  # fmt: skip
            for suffix, kind in ((LEVEL, "select_one list_levels"), (LINK, "text")):
                yield {"type": kind, "name": criterion.code + suffix, **self.texts("label", about[suffix]), **answered}
        yield {
            "type": "text",
            "name": criterion.code + NOTE,
            **self.texts("label", lambda _code: _("Note")),
            **answered,
        }

    def choices(self) -> Iterator[dict[str, str]]:
        for level, label in LEVELS:
            yield {"list_name": "list_levels", "name": str(level), **self.texts("label", partial(_as_it_is, label))}
        for code, criterion in self.questionnaire.criteria.items():
            for option in criterion.options:
                texts = self.texts("label", self._named(code, option.word))
                yield {"list_name": f"list_{code}", "name": option.word, **texts}

    def _named(self, code: str, word: str) -> Callable[[str], object]:
        """An answer in a language."""

        def text(language: str) -> object:
            option = self.asked[language].criteria[code].option(word)
            return option.text.into(language) if option else word

        return text

    def settings(self) -> Iterator[dict[str, str]]:
        edition = self.sheet.assessment.edition
        first = self.languages[0]
        title = said(edition.document.get("title") or edition.instrument.code).into(first)
        yield {
            "form_title": str(title), "form_id": f"kurak_{edition.instrument.code}_{self.sheet.pk}".replace("-", "_"),
            "version": f"{edition.edition}.{edition.revision}",
            "default_language": f"{BY_CODE[first].english_name} ({first})",
        }  # fmt: skip
