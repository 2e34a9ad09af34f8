"""From several reviewers' answers to one proposal for the panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kurak.instruments.assessments.models import Answer, Sheet
from kurak.instruments.assessments.questions import Criterion


@dataclass(frozen=True, slots=True)
class Proposal:
    """What reviewers' answers come to: the lower of the two middle ones, and the lower middle level of evidence."""

    word: str
    level: int
    apart: bool  # whether they differ


def proposal(criterion: Criterion, answers: Sequence[Answer]) -> Proposal:
    """The lower middle answer: always one that somebody gave, and no more than half of them would give more.

    Where more than half say that the question does not apply, or that they do not know, that is proposed."""
    given = [each for each in answers if each.given]
    if not given:
        return Proposal("", 0, False)
    level = sorted(each.level for each in given)[(len(given) - 1) // 2]
    apart = len({each.given for each in given}) > 1
    valued = sorted((each for each in given if criterion.value(each.given) is not None), key=by_value(criterion))
    if 2 * len(valued) < len(given):
        without = Counter(each.given for each in given if criterion.value(each.given) is None)
        return Proposal(without.most_common(1)[0][0], level, apart)
    return Proposal(valued[(len(valued) - 1) // 2].given, level, apart)


def by_value(criterion: Criterion) -> Callable[[Answer], float]:
    return lambda answer: criterion.value(answer.given) or 0.0


def proposals(criteria: Mapping[str, Criterion], sheets: Sequence[Sheet]) -> dict[str, Proposal]:
    """One for each criterion, from the sheets given (with their answers fetched)."""
    by_code: dict[str, list[Answer]] = {code: [] for code in criteria}
    for sheet in sheets:
        for answer in sheet.answers.all():
            by_code.get(answer.criterion, []).append(answer)
    return {code: proposal(criterion, by_code[code]) for code, criterion in criteria.items()}
