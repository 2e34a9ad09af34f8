"""The words and rows that all pages of results share, in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l

from kurak.ground.places.queries import countries
from kurak.ground.publishing.citing import LICENCE, Citation
from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.catalogue.wording import LABELS, LABELS_SAY, number
from kurak.instruments.definitions.walking import items
from kurak.instruments.results.commands import command_of
from kurak.instruments.results.models import Run, Score

REASONS = {
    "missing": _l("no data"), "all-missing": _l("no data"), "not-applicable": _l("does not apply"),
    "unknown": _l("not known"), "withheld": _l("withheld by the publisher"), "not-covered": _l("not covered"),
    "denominator": _l("nothing to divide by"), "screened": _l("not enough data"), "too-few": _l("not enough data"),
    "required": _l("a required part is missing"), "strict": _l("a part is missing"), "veto": _l("a gate is not passed"),
    "too-many-not-applicable": _l("too much does not apply"), "undefined": _l("cannot be computed"),
}  # fmt: skip


def language() -> str:
    return get_language() or "en"


def word(value: Any) -> str:
    text = text_of(value)
    return "" if text is None else str(text.into(language()))


@dataclass(frozen=True, slots=True)
class Shown:
    """One score as a row of a table."""

    score: Score
    name: str
    value: str
    interval: str
    rank: str
    ranks: str
    class_title: str
    reason: str
    ours: bool
    url: str
    trend: Any = None


def why_unranked(document: Mapping[str, Any]) -> Any:
    """Why nobody is ranked by an edition, as it declares; None where it ranks."""
    rule = document.get("ranks") or {}
    return text_of(rule.get("why")) if rule.get("shown") is False else None


class Edition:
    """The words of an edition, by code."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.items = {str(item["code"]): item for _, item in items(document) if "code" in item}
        self.root = str(document["tree"]["code"])
        scale = document.get("scale") or {}
        self.low, self.high = scale.get("low"), scale.get("high")
        self.digits = int(scale.get("digits", 2))
        self.fixed = "digits" in scale  # then all scores have as many, so that a column of them can be read
        self.better = scale.get("better", "high")
        self.unranked = why_unranked(document)

    @property
    def ends(self) -> tuple[float, float] | None:
        return None if self.low is None or self.high is None else (float(self.low), float(self.high))

    def title(self, code: str) -> str:
        return word(self.items.get(code, {}).get("title")) or code

    def parts(self) -> list[str]:
        """The nodes right under the root; where criteria stand there, the nodes that are computed beside it."""
        children = self.document["tree"].get("children") or []
        codes = [str(each.get("use", each.get("code"))) for each in children]
        beside = [str(each["code"]) for each in self.document.get("also") or [] if "code" in each]
        return [code for code in codes if self._is_node(code)] or [code for code in beside if self._is_node(code)]

    def _is_node(self, code: str) -> bool:
        item = self.items.get(code, {})
        return "children" in item or "formula" in item

    def class_title(self, node: str, code: str) -> str:
        scheme = (self.document.get("classes") or {}).get(self.items.get(node, {}).get("classes")) or {}
        return next((word(each.get("title")) or code for each in scheme.get("of", []) if each["code"] == code), code)

    def cuts(self, node: str) -> list[float]:
        scheme = (self.document.get("classes") or {}).get(self.items.get(node, {}).get("classes")) or {}
        found = [each.get("from", each.get("above")) for each in scheme.get("of", [])]
        return [float(each) for each in found if each is not None]

    def written(self, value: float | None) -> str:
        if value is None:
            return "–"
        rounded = round(value, self.digits) + 0.0
        return number_format(f"{rounded:.{self.digits}f}") if self.fixed else number(rounded)


def rows(run: Run, scores: Sequence[Score], node: str) -> list[Shown]:
    said, ours = Edition(run.edition.document), {each.pk for each in countries()}
    return [_row(run, each, node, said, ours) for each in scores]


def _row(run: Run, score: Score, node: str, said: Edition, ours: set[int]) -> Shown:
    interval = ""
    if score.low is not None and score.high is not None:
        interval = f"{said.written(score.low)} – {said.written(score.high)}"
    ranks = ""
    if score.rank_low is not None and score.rank_high is not None:
        ranks = f"{number(round(score.rank_low))} – {number(round(score.rank_high))}"
    return Shown(
        score, name_of(score), said.written(score.value), interval,
        "" if score.rank is None else number(score.rank), ranks,
        said.class_title(node, score.class_code) if score.class_code else "",
        str(REASONS.get(score.reason, score.reason)) if score.value is None else "",
        score.place_id in ours if score.place_id else False,
        unit_url(run, score.unit, score.period),
    )  # fmt: skip


def unit_url(run: Run, unit: str, period: str, page: str = "results:unit") -> str:
    return reverse(page, args=[run.pk]) + "?" + urlencode({"of": unit, **({"in": period} if period else {})})


def name_of(score: Score) -> str:
    if score.place is not None:
        return score.place.name(language())
    if score.organisation is not None:
        return str(score.organisation.name.into(language()))
    return score.unit


def heading(run: Run) -> dict[str, Any]:
    document = run.edition.document
    label = document.get("label")
    return {
        "run": run,
        "edition": run.edition,
        "instrument": run.edition.instrument,
        "title": text_of(document.get("title")),
        "label": LABELS.get(run.label, ""),
        "label_says": LABELS_SAY.get(run.label, ""),
        "label_why": text_of(label.get("why")) if isinstance(label, dict) else None,
        "command": command_of(run) if run.data_set else "",
        "unranked": why_unranked(document),
    }


def citation_of(run: Run, url: str) -> Citation:
    data = run.edition.document.get("data") or {}
    when = (run.published_at or run.made_at).date()
    title = f"{word(run.edition.document['title'])}, {run.edition.edition}"
    return Citation(title, when, url=url, version=run.made_from[:12], licence=str(data.get("licence") or LICENCE))


def known(value: float) -> float | None:
    return value if math.isfinite(value) else None
