"""Indexes with data for tests of results: a small one of wells and soils, and runs over it."""

import copy
from typing import Any

from kurak.instruments.catalogue.models import Edition
from kurak.instruments.results import actions
from kurak.instruments.results.models import Run
from tests.factories.instruments import an_edition

SOURCE = {"title": "Counted for tests", "url": "https://example.org/", "licence": "CC BY 4.0", "citation": ""}
WHY = {"en": "It compares nobody.", "ru": "Он никого не сравнивает."}


def titled(en: str, ru: str) -> dict[str, str]:
    return {"en": en, "ru": ru}


def a_leaf(code: str, en: str, ru: str, **more: Any) -> dict[str, Any]:
    scaled = {"by": "goalposts", "low": 0, "high": 100, "to": [0, 100]}
    return {"code": code, "title": titled(en, ru), "normalise": scaled, **more}


INDEX: dict[str, Any] = {
    "format": 1, "code": "calm", "edition": "2026", "dated": "2026-01-01", "kind": "index", "units": "country",
    "title": titled("Calm index", "Индекс спокойствия"), "about": titled("How calm it is.", "Насколько спокойно."),
    "label": {"is": "exact", "why": titled("Our own.", "Наш.")},
    "sources": [{"code": "own", "title": "Written for tests", "licence": "CC-BY-4.0"}],
    "scale": {"low": 0, "high": 100, "better": "high", "digits": 1},
    "classes": {"bands": {"of": [
        {"code": "low", "title": titled("Low", "Низкий")},
        {"code": "high", "from": 50, "title": titled("High", "Высокий")},
    ]}},
    "tree": {
        "code": "whole", "title": titled("Calm", "Спокойствие"), "classes": "bands", "children": [
            {"code": "water", "title": titled("Water", "Вода"), "children": [
                a_leaf("wells", "Wells", "Колодцы"), a_leaf("taps", "Taps", "Краны")]},
            {"code": "land", "title": titled("Land", "Земля"), "children": [
                a_leaf("soil", "Soil", "Почва"), a_leaf("trees", "Trees", "Деревья")]},
        ],
    },
    "uncertainty": [{"factor": "weights", "by": "uniform", "within": 0.5},
                    {"factor": "combine", "of": ["whole"], "among": ["mean", "geometric"]}],
}  # fmt: skip
ROWS = (
    "iso3,wells,taps,soil,trees\nKGZ,40,50,60,30\nTJK,35,20,70,44\nUZB,55,66,20,31\nKAZ,80,70,60,90\nTKM,9,30,40,42\n"
)
YEARS = (
    "iso3,year,wells,taps,soil,trees\nKGZ,2015,40,40,40,40\nKGZ,2020,60,60,60,60\n"
    "TJK,2015,50,50,50,50\nTJK,2020,45,45,45,45\nUZB,2015,50,50,50,50\nUZB,2020,51,51,51,51\n"
)


def an_index(**changed: Any) -> dict[str, Any]:
    return {**copy.deepcopy(INDEX), **changed}


def a_run(
    document: dict[str, Any] | None = None, rows: str = ROWS, *, edition: Edition | None = None, draws: int = 0,
    published: bool = True,
) -> Run:  # fmt: skip
    """A run over the rows, published or a draft."""
    edition = edition or an_edition(document or an_index())
    data_set, _ = actions.bring_data(
        edition=edition, name=f"{edition.instrument.code}.csv", body=rows.encode(), source=SOURCE, redistributable=True,
        by=None,
    )  # fmt: skip
    run = actions.compute_run(data_set=data_set, by=None, draws=draws)
    return actions.publish_run(run=run, by=None) if published else run
