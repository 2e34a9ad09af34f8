"""What pages of assessments show: a question with what is typed, with what others said; a case with its next steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.ground.languages.text import Text
from kurak.instruments.assessments import queries, rules
from kurak.instruments.assessments.answering import Given, Progress, mark, plain_text, plain_word, progress, stored
from kurak.instruments.assessments.models import Answer, Assessment, Evidence, Remark, Sheet
from kurak.instruments.assessments.questions import Criterion, Page, Questionnaire, said
from kurak.instruments.assessments.summing import proposals

LEVELS = Answer.Evidence.choices


@dataclass(frozen=True, slots=True)
class Other:
    """What somebody else answered, beside the question."""

    who: str
    text: str
    note: str
    level: str
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a page. was: the mark of the answer that the page shows; error: what is wrong with what was
    typed; theirs: what a colleague has answered meanwhile."""

    criterion: Criterion
    given: Given
    was: str
    evidence: list[Evidence]
    error: str = ""
    theirs: str = ""
    others: list[Other] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether note and evidence are shown unfolded."""
        return bool(self.given.note or self.evidence or self.given.level)


def typed(post: QueryDict, page: Page) -> tuple[dict[str, Given], dict[str, str]]:
    """(answers, marks of what was seen) from a sent form; questions that the form left out are left alone."""
    answers: dict[str, Given] = {}
    seen: dict[str, str] = {}
    for criterion in page.criteria:
        code = criterion.code
        if f"was-{code}" not in post:
            continue
        level = post.get(f"level-{code}", "0")
        answers[code] = Given(
            plain_word(criterion, post.get(f"answer-{code}", "")),
            plain_text(post.get(f"note-{code}", "")),
            int(level) if level in {"0", "1", "2", "3"} else -1,
        )
        seen[code] = str(post[f"was-{code}"])
    return answers, seen


def questions(
    sheet: Sheet, page: Page, person: Any, *, answers: Mapping[str, Given] | None = None,
    errors: Mapping[str, str] | None = None, theirs: Mapping[str, Given] | None = None,
) -> list[Question]:  # fmt: skip
    """The questions of a page as this person sees them: what they typed, else what is stored."""
    there = queries.answers_of(sheet)
    beside = others_of(sheet, page, person)
    made = []
    for criterion in page.criteria:
        code, answer = criterion.code, there.get(criterion.code)
        now = stored(answer)
        other = (theirs or {}).get(code)
        made.append(Question(
            criterion, (answers or {}).get(code, now), mark(now), list(answer.evidence.all()) if answer else [],
            (errors or {}).get(code, ""), in_full(criterion, other.word) if other else "", beside.get(code, []),
        ))  # fmt: skip
    return made


def others_of(sheet: Sheet, page: Page, person: Any) -> dict[str, list[Other]]:
    """What stands beside the questions: for reviewers the organisation's own answers, for the panel the reviews too."""
    if sheet.role == Sheet.Role.SELF:
        return {}
    sheets = sheet.assessment.sheets.select_related("assessment__organisation", "assessment__place", "rater")
    shown = [each for each in sheets if each != sheet and rules.may_see(person, each)]
    names = names_of(shown)
    beside: dict[str, list[Other]] = {}
    for each in shown:
        answers = queries.answers_of(each)
        for criterion in page.criteria:
            if answer := answers.get(criterion.code):
                beside.setdefault(criterion.code, []).append(other(names[each.pk], criterion, answer))
    return beside


def other(who: str, criterion: Criterion, answer: Answer) -> Other:
    return Other(
        who, in_full(criterion, answer.given), answer.note, answer.get_level_display(), list(answer.evidence.all())
    )


def names_of(sheets: Sequence[Sheet]) -> dict[int, str]:
    """What the raters are called: by their part and a number, in the order in which they came."""
    names, number = {}, 0
    for sheet in sorted(sheets, key=lambda each: each.pk):
        if sheet.role in rules.REVIEWERS:
            number += 1
            names[sheet.pk] = _("%(role)s %(number)d") % {"role": sheet.get_role_display(), "number": number}
        else:
            names[sheet.pk] = str(sheet.get_role_display())
    return names


def in_full(criterion: Criterion, word: str) -> str:
    if not word:
        return "–"
    option = criterion.option(word)
    if option is None:
        return word
    text = str(option.text.into(get_language() or "en"))
    return text if not word.lstrip("-").isdigit() else _("%(number)s: %(text)s") % {"number": word, "text": text}


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the questionnaire in a list of pages."""

    page: Page
    progress: Progress


def parts_of(sheet: Sheet) -> list[Part]:
    words = dict(sheet.answers.values_list("criterion", "given"))
    pages = Questionnaire(sheet.assessment.edition, short=sheet.assessment.short).pages
    return [Part(page, progress(page, words)) for page in pages]


def whole(parts: Sequence[Part]) -> Progress:
    return Progress(sum(each.progress.answered for each in parts), sum(each.progress.asked for each in parts))


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of a comparison: a cell for each sheet; whether reviewers differ among themselves, and whether what
    they come to differs from what the organisation says."""

    criterion: Criterion
    cells: list[tuple[str, str]]  # who, what in full
    apart: bool
    departs: bool
    notes: list[tuple[str, str]]  # who, what


def comparison(assessment: Assessment, person: Any) -> tuple[list[str], list[tuple[Page, list[Row]]]]:
    """(names of the sheets, rows of each page) of all sheets that this person may see and that were handed in."""
    sheets = assessment.sheets.select_related("assessment__organisation", "assessment__place").order_by("pk")
    shown = [each for each in sheets if rules.may_see(person, each) and is_said(each)]
    answers = [queries.answers_of(each) for each in shown]
    names = names_of(shown)
    questionnaire = Questionnaire(assessment.edition, short=assessment.short)
    reviews = [each for each in shown if each.role in rules.REVIEWERS]
    found = proposals(questionnaire.criteria, reviews) if reviews else {}
    pages = []
    for page in questionnaire.pages:
        rows = []
        for criterion in page.criteria:
            given = [each.get(criterion.code) for each in answers]
            words = [answer.given if answer else "" for answer in given]
            notes = [
                (names[sheet.pk], answer.note)
                for sheet, answer in zip(shown, given, strict=True) if answer and answer.note
            ]  # fmt: skip
            cells = [(names[sheet.pk], in_full(criterion, word)) for sheet, word in zip(shown, words, strict=True)]
            come_to, own = found.get(criterion.code), said_by_itself(shown, given)
            rows.append(Row(
                criterion, cells, come_to is not None and come_to.apart,
                come_to is not None and bool(come_to.word) and come_to.word != own, notes,
            ))  # fmt: skip
        pages.append((page, rows))
    return [names[each.pk] for each in shown], pages


def said_by_itself(sheets: Sequence[Sheet], given: Sequence[Answer | None]) -> str:
    """What the organisation answered, of these sheets' answers to one question."""
    own = next((each for sheet, each in zip(sheets, given, strict=True) if sheet.role == Sheet.Role.SELF), None)
    return own.given if own else ""


def is_said(sheet: Sheet) -> bool:
    """A sheet in work is shown to nobody as if it were finished; the organisation's own is theirs to see."""
    return sheet.role in {Sheet.Role.SELF, Sheet.Role.PANEL} or sheet.handed_in_at is not None


def told(assessment: Assessment, remarks: Iterable[Remark]) -> list[tuple[Remark, Text | None]]:
    """Remarks with the title of the criterion they are about."""
    criteria = Questionnaire(assessment.edition).criteria
    return [(each, criteria[each.criterion].title if each.criterion in criteria else None) for each in remarks]


def title_of(assessment: Assessment) -> Text:
    """The title of the instrument, as the edition calls it."""
    return said(assessment.edition.document.get("title") or assessment.edition.instrument.code)
