"""Instruments, editions and assessments for tests: a small rating with a gate, two parts, a floor and confidence."""

import copy
import datetime as dt
import hashlib
import json
from itertools import count

from django.utils import timezone

from kurak.ground.languages.text import Text
from kurak.instruments.assessments.models import Answer, Assessment, Sheet
from kurak.instruments.catalogue.models import Edition, Instrument
from tests.factories.people import a_membership, a_person, an_organisation
from tests.factories.places import a_place

_number = count(1)
ANCHORS = {
    "0": {"en": "Nothing yet", "ru": "Пока ничего"},
    "1": {"en": "Partly", "ru": "Частично"},
    "2": {"en": "In full", "ru": "Полностью"},
}

GATE = {
    "yes": {"en": "Yes, in the statutes", "ru": "Да, в уставе"},
    "not-yet": {"en": "Not yet", "ru": "Ещё нет"},
    "no": {"en": "No", "ru": "Нет"},
}


def a_leaf(code: str, ask: str, ru: str, **more) -> dict:
    title = {"en": ask.rstrip("?"), "ru": ru.rstrip("?")}
    return {"code": code, "title": title, "ask": {"en": ask, "ru": ru}, "answers": "levels", "anchors": ANCHORS, **more}


# Two parts of equal weight, three questions and two. Answers 0-2 stand for 0, 50 and 100.
RATING = {
    "format": 1,
    "code": "small-rating",
    "edition": "2026",
    "dated": "2026-01-01",
    "title": {"en": "Small rating", "ru": "Малый рейтинг"},
    "about": {"en": "How far people can rely on you.", "ru": "Насколько на вас можно положиться."},
    "kind": "rating",
    "units": "organisation",
    "label": {"is": "exact", "why": {"en": "Our own method.", "ru": "Наш собственный метод."}},
    "sources": [{"code": "own", "title": "Written for tests", "licence": "CC-BY-4.0"}],
    "checked": "recomputed",
    "scale": {"low": 0, "high": 100, "better": "high", "digits": 1},
    "missing": {"n/a": "not-applicable", "dk": "unknown"},
    "answers": {"levels": {"0": 0, "1": 50, "2": 100}, "gate": {"yes": 1, "not-yet": 0.5, "no": 0}},
    "classes": {
        "bands": {
            "of": [
                {"code": "learning", "title": {"en": "Learning", "ru": "Учится"}},
                {"code": "steady", "from": 40, "title": {"en": "Steady", "ru": "Устойчивая"}},
                {
                    "code": "leading",
                    "from": 75,
                    "needs": "trust >= 60 and confidence >= 0.4",
                    "title": {"en": "Leading", "ru": "Ведущая"},
                },
            ]
        }
    },
    "inputs": [
        {"code": "purpose", "title": {"en": "Written purpose", "ru": "Записанная цель"}, "answers": "gate",
         "ask": {"en": "Is your purpose written down?", "ru": "Записана ли ваша цель?"}, "anchors": GATE},
        {"code": "confidence", "title": {"en": "Confidence", "ru": "Уверенность"}, "bounds": [0, 1]},
    ],
    "tree": {
        "code": "total",
        "title": {"en": "Total", "ru": "Итог"},
        "combine": "mean",
        "classes": "bands",
        "then": [{"multiply": "1 if purpose > 0 else 0", "code": "gate"}],
        "children": [
            {
                "code": "trust", "title": {"en": "Trust", "ru": "Доверие"}, "weight": 0.5,
                "missing": {"most_not_applicable": 0.4},
                "about": {"en": "How people can rely on you.", "ru": "Как на вас можно положиться."},
                "children": [
                    a_leaf("rules", "Are your rules written down?", "Записаны ли ваши правила?", core=True),
                    a_leaf("accounts", "Do you publish your accounts?", "Публикуете ли вы отчёты?", core=True,
                           evidence="required"),
                    a_leaf("complaints", "Can people complain safely?", "Можно ли безопасно пожаловаться?"),
                ],
            },
            {
                "code": "reach", "title": {"en": "Reach", "ru": "Охват"}, "weight": 0.5,
                "children": [
                    a_leaf("people", "Do you reach those you work for?", "Доходите ли вы до людей?", core=True),
                    {"code": "months", "title": {"en": "Months of reserve", "ru": "Месяцы запаса"},
                     "ask": {"en": "For how many months would your money last?", "ru": "На сколько месяцев хватит?"},
                     "bounds": [0, 60],
                     "normalise": {"by": "goalposts", "low": 0, "high": 12, "to": [0, 100], "clip": True}},
                ],
            },
        ],
    },
    "assessing": {
        "raters": 2, "evidence": True, "review": "peer", "valid_months": 24,
        "confidence": {"0": 0.25, "1": 0.5, "2": 0.75, "3": 1.0},
    },
}  # fmt: skip


def a_document(**changed) -> dict:
    return {**copy.deepcopy(RATING), **changed}


def an_edition(document: dict | None = None, *, status: str = Edition.Status.PUBLISHED, **fields) -> Edition:
    """A stored edition of a document; the small rating by default."""
    document = document or a_document()
    title = Text("en", document["title"]["en"], {"ru": (document["title"]["ru"], "human")})
    instrument, _new = Instrument.objects.get_or_create(
        code=document["code"], defaults={"title": title, "kind": document["kind"], "units": document["units"]}
    )
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    revision = 1 + instrument.editions.filter(edition=document["edition"]).count()
    return Edition.objects.create(
        instrument=instrument, edition=document["edition"], dated=document["dated"], status=status, document=document,
        checksum=digest, sha256=digest, label=document["label"]["is"],
        **{"published_at": timezone.now(), "revision": revision, **fields},
    )  # fmt: skip


def an_assessment(edition: Edition | None = None, *, organisation=None, by=None, **fields) -> Assessment:
    """An assessment of an organisation, with its own sheet. `by` is made a member where there is none."""
    edition = edition or an_edition()
    organisation = organisation or an_organisation(place=a_place())
    by = by or a_person()
    if not organisation.memberships.filter(person=by).exists():
        a_membership(by, organisation)
    period = {"start": dt.date(2025, 1, 1), "end": dt.date(2025, 12, 31)}
    made = Assessment.objects.create(
        edition=edition, organisation=organisation, opened_by=by, **{"place": organisation.place, **period, **fields}
    )
    a_sheet(made, by=by)
    return made


def a_sheet(assessment: Assessment, role: str = Sheet.Role.SELF, *, by=None, **fields) -> Sheet:
    return Sheet.objects.create(assessment=assessment, role=role, rater=by or a_person(), **fields)


FULL = {"purpose": "yes", "rules": "2", "accounts": "1", "complaints": "n/a", "people": "2", "months": "6"}


def with_answers(sheet: Sheet, given: dict[str, str] | None = None, *, level: int = 0) -> Sheet:
    """The sheet, filled in."""
    for criterion, word in (FULL if given is None else given).items():
        Answer.objects.update_or_create(sheet=sheet, criterion=criterion, defaults={"given": word, "level": level})
    return sheet
