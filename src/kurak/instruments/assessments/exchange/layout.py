"""How a workbook of answers is laid out: what the writing and the reading side both know."""

from __future__ import annotations

from kurak.instruments.assessments.models import Answer, Sheet
from kurak.instruments.assessments.questions import Criterion, Option

# Row 1, hidden: names for us. Row 2: headings for people. Then one row for each question.
COLUMNS = ("code", "part", "question", "answers", "answer", "note", "level", "link", "before")
HEAD = 2
ABOUT = "kurak-assessment"  # the first cell of the sheet that says what the file belongs to
LONGEST_CHOICE = 120
BETWEEN = " – "


def choice(option: Option, language: str) -> str:
    """An answer as the drop-down shows it: its word first, by which it is read again whatever the language."""
    text = " ".join(str(option.text.into(language)).split())
    return f"{option.word}{BETWEEN}{text}"[:LONGEST_CHOICE]


def level_choice(level: int, label: object) -> str:
    return f"{level}{BETWEEN}{label}"


def word_of(cell: str) -> str:
    """What stands before the dash; all of it where there is none.

    >>> word_of("2 – In full"), word_of("not-yet"), word_of("")
    ('2', 'not-yet', '')
    """
    return cell.split(BETWEEN, 1)[0].strip()


def known_word(criterion: Criterion, cell: str) -> str:
    """The answer that a cell stands for, however it is cased; the cell itself where it stands for none."""
    word = word_of(cell)
    found = next((each.word for each in criterion.options if each.word.casefold() == word.casefold()), None)
    return found or cell


def belongs_to(sheet: Sheet) -> dict[str, str]:
    """What a file must say of itself to be taken back."""
    edition = sheet.assessment.edition
    return {"sheet": str(sheet.pk), "edition": edition.sha256}


LEVELS = [(level.value, level.label) for level in Answer.Evidence]
