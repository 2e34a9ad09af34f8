"""What may be written on a sheet, and when a sheet is finished."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.instruments.assessments.models import Answer, Sheet
from kurak.instruments.assessments.questions import Criterion, Page, Questionnaire

LONGEST_NOTE = 2000
# Spaces between thousands go; Persian and Arabic marks, and a true minus sign, are what they stand for.
AS_TYPED = str.maketrans({**dict.fromkeys(" \u00a0\u202f\u2009\u066c'’"), ",": ".", "\u066b": ".", "\u2212": "-"})
NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
STEERING = frozenset({"Cc", "Cs"})
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # joiners stay: Persian needs them


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as somebody gives it: the word or number, a note, the level of evidence."""

    word: str = ""
    note: str = ""
    level: int = 0


NOTHING = Given()


def stored(answer: Answer | None) -> Given:
    return NOTHING if answer is None else Given(answer.given, answer.note, answer.level)


def mark(given: Given) -> str:
    """Tells whether an answer is still the one that was seen."""
    return hashlib.sha256(f"{given.word}\x1f{given.note}\x1f{given.level}".encode()).hexdigest()[:12]


class BadAnswers(Refused):
    """`problems`: {criterion: what is wrong and what would be right}."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        sentence = _("Some answers do not fit. They are marked below; nothing was saved.")
        super().__init__("answers.wrong", sentence, problems=dict(problems))
        self.problems = problems


class Overtaken(Refused):
    """Somebody else has answered meanwhile. `others`: {criterion: what is there now}."""

    status = 409

    def __init__(self, others: Mapping[str, Given]) -> None:
        sentence = _(
            "Somebody else changed the same answers meanwhile. Compare them below: what you save now replaces theirs."
        )
        super().__init__("answers.overtaken", sentence, criteria=sorted(others))
        self.others = others


class Unfinished(Refused):
    """`missing`: [(page, sentence)]: what stands between the sheet and its being handed in."""

    def __init__(self, missing: list[tuple[Page, str]], *, open_questions: bool) -> None:
        super().__init__(
            "sheet.unfinished",
            _("Something is still missing. See the list below."),
            missing=[f"{page.code}: {sentence}" for page, sentence in missing],
        )
        self.missing, self.open_questions = missing, open_questions


def overtaken(there: Mapping[str, Answer], answers: Mapping[str, Given], seen: Mapping[str, str]) -> dict[str, Given]:
    """Answers that were changed by somebody else since they were seen, and to something else than is given now."""
    found = {}
    for code, given in answers.items():
        now = stored(there.get(code))
        if code in seen and seen[code] != mark(now) and now != given:
            found[code] = now
    return found


def problems_with(asked: Mapping[str, Criterion], answers: Mapping[str, Given]) -> None:
    """Refuses answers that the edition does not know, all at once."""
    found = {code: problem for code, given in answers.items() if (problem := wrong(asked.get(code), given))}
    if found:
        raise BadAnswers(found)


def wrong(criterion: Criterion | None, given: Given) -> str:
    """What is wrong with one answer, and what would be right; empty where it fits."""
    if criterion is None:
        return _("This edition does not ask this.")
    if len(given.note) > LONGEST_NOTE:
        return _("The note has %(have)d characters; at most %(most)d fit.") % {
            "have": len(given.note), "most": LONGEST_NOTE,
        }  # fmt: skip
    if given.level not in Answer.Evidence.values:
        return _("Choose one of the levels of evidence.")
    if not given.word:
        return ""
    return wrong_word(criterion, given.word)


def wrong_word(criterion: Criterion, word: str) -> str:
    if criterion.options:
        if criterion.option(word):
            return ""
        words = ", ".join(each.word for each in criterion.options)
        return _("“%(word)s” is not among the answers: %(words)s.") % {"word": word[:60], "words": words}
    value = as_number(word)
    if value is None:
        return _("Write a number, such as 12 or 12.5.")
    if criterion.bounds and not criterion.bounds[0] <= value <= criterion.bounds[1]:
        low, high = criterion.bounds
        return _("Write a number from %(low)g to %(high)g.") % {"low": low, "high": high}
    return ""


def as_number(word: str) -> float | None:
    """A number as people write it, in any digits, with a point or a comma; None where it is none.

    >>> as_number("6,5"), as_number("۱۲٫۵"), as_number("−3"), as_number("1\u202f200"), as_number("1_000")
    (6.5, 12.5, -3.0, 1200.0, None)
    """
    plain = word.translate(AS_TYPED)
    if not NUMBER.fullmatch(plain):
        return None
    value = float(plain)
    return value if abs(value) < 1e15 else None  # neither infinite nor unknown


def plain_word(criterion: Criterion, typed: Any) -> str:
    """What was typed, as it is stored: numbers with a point, words as they are, digits of any script as 0 to 9."""
    word = plain_digits(" ".join(plain_text(str(typed)).split()))
    if criterion.options or not word:
        return word[:60]
    value = as_number(word)
    return word[:60] if value is None else f"{value:.15g}"


def plain_digits(text: str) -> str:
    """
    >>> plain_digits("۲"), plain_digits("not-yet"), plain_digits("²")
    ('2', 'not-yet', '²')
    """
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)


def plain_text(text: str) -> str:
    r"""Without characters that no keyboard has: NUL, which PostgreSQL cannot keep, and whatever else steers terminals,
    or turns the text around it. Lines stay.

    >>> plain_text(" a\x00b\r\nc\u202ed ")
    'ab\ncd'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in "\n\t" or not steers(each)).strip()


def steers(letter: str) -> bool:
    return letter in TURNING or unicodedata.category(letter) in STEERING


@dataclass(frozen=True, slots=True)
class Progress:
    answered: int
    asked: int

    @property
    def left(self) -> int:
        return self.asked - self.answered


def progress(page: Page, words: Mapping[str, str]) -> Progress:
    return Progress(sum(bool(words.get(each.code)) for each in page.criteria), len(page.criteria))


def need_finished(sheet: Sheet, *, incomplete: bool = False) -> None:
    """Refuses unless every question is answered and has the evidence it should (or `incomplete` says that it is meant),
    no part drops out by more than its edition allows, and what claims a document has one."""
    questionnaire = Questionnaire(sheet.assessment.edition, short=sheet.assessment.short)
    answers = {each.criterion: each for each in sheet.answers.annotate(pieces=Count("evidence"))}
    words = {code: each.given for code, each in answers.items()}
    missing: list[tuple[Page, str]] = []
    left = 0
    for page in questionnaire.pages:
        count = progress(page, words).left
        left += count
        if count and not incomplete:
            sentence = ngettext("%(count)d question has no answer.", "%(count)d questions have no answer.", count)
            missing.append((page, sentence % {"count": count}))
        bare = unproved(page, answers) if is_own(sheet) and not incomplete else 0
        left += bare
        if bare:
            sentence = ngettext(
                "%(count)d answer should have evidence: a link or a file.",
                "%(count)d answers should have evidence: a link or a file.",
                bare,
            )
            missing.append((page, sentence % {"count": bare}))
        missing += [(page, sentence) for sentence in shortcomings(page, words, answers, own=is_own(sheet))]
    if missing:
        raise Unfinished(missing, open_questions=left > 0)


def is_own(sheet: Sheet) -> bool:
    return sheet.role == Sheet.Role.SELF


def shortcomings(page: Page, words: Mapping[str, str], answers: Mapping[str, Any], *, own: bool) -> list[str]:
    found = []
    share = page.not_applicable(words)
    if share > page.most_not_applicable + 1e-9:
        sentence = _("%(share)d %% of this part does not apply to you; at most %(most)d %% may. Answer more of it.")
        found.append(sentence % {"share": round(100 * share), "most": round(100 * page.most_not_applicable)})
    for criterion in page.criteria if own else ():
        answer = answers.get(criterion.code)
        if answer is None or not answer.given or criterion.kind(answer.given) or answer.pieces:
            continue
        if answer.level > Answer.Evidence.STATEMENT:
            sentence = _("“%(title)s” claims evidence: add a link or a file, or choose “Own statement”.")
            found.append(sentence % {"title": told(criterion)})
    return found


def unproved(page: Page, answers: Mapping[str, Any]) -> int:
    """How many answers their edition wants evidence for, and have none."""
    found = 0
    for each in page.criteria:
        answer = answers.get(each.code)
        if each.evidence != "required" or answer is None or not answer.given or answer.pieces:
            continue
        found += not each.kind(answer.given) and not says_nothing_is_there(each, answer.given)
    return found


def says_nothing_is_there(criterion: Criterion, word: str) -> bool:
    """The lowest answer needs no proof."""
    values = [each.value for each in criterion.options if each.value is not None]
    return bool(values) and criterion.value(word) == min(values)


def told(criterion: Criterion) -> str:
    return str(criterion.title.into(get_language() or "en"))
