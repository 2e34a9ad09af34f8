"""From answers to scores, and from several raters' answers to how far they agree. Calls the engine,
which is fetched with its first use: it weighs more than all pages together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kurak.ground.languages.text import Text
from kurak.instruments.assessments.models import Answer, Assessment, Sheet
from kurak.instruments.assessments.questions import COMPUTED, Questionnaire, said, weighed
from kurak.instruments.catalogue.models import Edition

CONFIDENCE = "confidence"


@dataclass(frozen=True, slots=True)
class Scored:
    """One node as it came out. Without a value, `reason` is the engine's word for why."""

    code: str
    title: Text
    value: float | None
    low: float | None
    high: float | None
    class_code: str
    class_title: Text | None
    coverage: float | None
    reason: str
    depth: int  # 0: the whole; 1: its parts; more below

    @property
    def meter(self) -> float:
        return 0.0 if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a set of answers gives. `wrong`: why nothing could be computed; empty otherwise."""

    nodes: tuple[Scored, ...]
    confidence: float | None
    low: float
    high: float
    label: str
    engine: str = ""
    declared: str = ""
    made_from: str = ""
    wrong: str = ""

    @property
    def whole(self) -> Scored | None:
        return self.nodes[0] if self.nodes else None

    @property
    def parts(self) -> list[Scored]:
        return [each for each in self.nodes if each.depth == 1]


def outcome(assessment: Assessment, answers: Mapping[str, Answer]) -> Outcome:
    """The scores that these answers give, by the edition of the assessment."""
    from kurak.engines.composite import Unusable

    questionnaire = Questionnaire(assessment.edition, short=assessment.short)
    given = {code: answers[code].given if code in answers else "" for code in questionnaire.criteria}
    sure = confidence(questionnaire, answers)
    document = assessment.edition.document
    scale = document.get("scale") or {}
    ends = {"low": float(scale.get("low", 0)), "high": float(scale.get("high", 100)), "label": assessment.edition.label}
    try:
        return computed(assessment.edition, given, sure, unit_of(assessment), ends)
    except Unusable as wrong:
        return Outcome((), sure, wrong=str(wrong), **ends)  # type: ignore[arg-type]


def unit_of(assessment: Assessment) -> str:
    """How the data name what was assessed."""
    organisation = assessment.organisation.slug if assessment.organisation else str(assessment.place)
    return f"{organisation}: {assessment.subject}"[:200] if assessment.subject else organisation


def computed(
    edition: Edition, given: Mapping[str, str], sure: float | None, unit: str, ends: Mapping[str, Any]
) -> Outcome:
    from kurak.engines.composite import declare, score, tabulate

    declaration = declare(edition.document)
    cells: dict[str, Any] = {leaf.column: given.get(code) or None for code, leaf in declaration.leaves.items()}
    for code in COMPUTED & declaration.leaves.keys():
        cells[declaration.leaves[code].column] = sure
    for group in declaration.groups:
        cells.setdefault(group, "")
    result = score(declaration, tabulate([unit], {column: [cell] for column, cell in cells.items()}))
    nodes = []
    for code, title, depth in nodes_of(edition.document):
        classes = result.classes(code)
        class_code = classes[0] if classes else ""
        nodes.append(Scored(
            code, title, known(result.scores[code][0]), known(result.low[code][0]), known(result.high[code][0]),
            class_code, class_title(edition, declaration.nodes[code].classes, class_code),
            known(result.coverage[code][0]), result.reason(code, 0), depth,
        ))  # fmt: skip
    return Outcome(
        tuple(nodes), sure, engine=result.engine, declared=result.declared, made_from=result.made_from,
        **{**ends, "label": result.label()},
    )  # fmt: skip


def known(value: Any) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def nodes_of(document: Mapping[str, Any]) -> Iterator[tuple[str, Text, int]]:
    """(code, title, depth) of every node, the whole first, each before what is below it."""

    def walk(node: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Text, int]]:
        if "children" in node or "formula" in node:
            yield node["code"], said(node.get("title") or node["code"]), depth
            for child in node.get("children") or ():
                yield from walk(child, depth + 1)

    yield from walk(document["tree"], 0)
    for node in document.get("also") or ():
        yield from walk(node, 2)


def class_title(edition: Edition, scheme: str | None, code: str) -> Text | None:
    """What a class is called; None where there is none."""
    for each in (edition.document.get("classes") or {}).get(scheme, {}).get("of", ()):
        if each["code"] == code:
            return said(each.get("title") or code)
    return None


def confidence(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> float | None:
    """The mean worth of the evidence behind the answers that count, by the weights of the criteria (0..1); None where
    the edition does not say what a level is worth, or nothing is answered."""
    worth = {str(level): float(value) for level, value in (questionnaire.assessing.get(CONFIDENCE) or {}).items()}
    if not worth:
        return None
    weights = {leaf["code"]: weight for leaf, weight in weighed(questionnaire.document["tree"])}
    total = of_all = 0.0
    for code, criterion in questionnaire.criteria.items():
        answer = answers.get(code)
        if answer is None or code not in weights or criterion.value(answer.given) is None:
            continue
        total += weights[code] * worth.get(str(answer.level), 0.0)
        of_all += weights[code]
    return total / of_all if of_all else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree. alpha: Krippendorff's, ordinal; kappa: Cohen's, for two. None where undefined."""

    raters: int
    criteria: int  # rated by two or more
    raw: float | None
    alpha: float | None
    kappa: float | None


def agreement(assessment: Assessment, sheets: Sequence[Sheet]) -> Agreement:
    """Over all criteria that were answered with a value; sheets with their answers fetched."""
    from kurak.engines.composite.raters.agreement import alpha, kappa, raw_agreement
    from kurak.engines.composite.raters.ratings import gather

    criteria = Questionnaire(assessment.edition, short=assessment.short).criteria
    cases: list[str] = []
    raters: list[int] = []
    codes: list[float] = []
    for sheet in sheets:
        for answer in sheet.answers.all():
            criterion = criteria.get(answer.criterion)
            place = step(criterion, answer.given) if criterion else None
            if place is not None:
                cases.append(answer.criterion)
                raters.append(sheet.pk)
                codes.append(place)
    if len(set(raters)) < 2:
        return Agreement(len(sheets), 0, None, None, None)
    found = gather(cases, raters, codes)
    two = known(kappa(*found.table.T).value) if found.table.shape[1] == 2 else None
    return Agreement(
        len(sheets), int((found.per_case > 1).sum()), known(raw_agreement(found).value),
        known(alpha(found, "ordinal").value), two,
    )  # fmt: skip


def step(criterion: Any, word: str) -> float | None:
    """The place of an answer on its scale: 0 for the lowest. Scales differ, places can be compared; numbers stay."""
    value = criterion.value(word)
    if value is None or not criterion.options:
        return value
    return float(sorted({each.value for each in criterion.options if each.value is not None}).index(value))
