"""What the pages of results show, put together in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.places.drawing import region_map
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, in_order
from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.citing import LICENCE, Citation
from kurak.ground.publishing.figures import Dot, bars, dots, lines
from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.catalogue.wording import LABELS, LABELS_SAY, number
from kurak.instruments.definitions.walking import items
from kurak.instruments.results import queries
from kurak.instruments.results.actions import command_of
from kurak.instruments.results.models import Run, Score

MOST_DOTS = 40
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
        self.better = scale.get("better", "high")
        self.unranked = why_unranked(document)

    @property
    def ends(self) -> tuple[float, float] | None:
        return None if self.low is None or self.high is None else (float(self.low), float(self.high))

    def title(self, code: str) -> str:
        return word(self.items.get(code, {}).get("title")) or code

    def parts(self) -> list[str]:
        """The nodes right under the root."""
        children = self.document["tree"].get("children") or []
        codes = [str(each.get("use", each.get("code"))) for each in children]
        return [
            code for code in codes if "children" in self.items.get(code, {}) or "formula" in self.items.get(code, {})
        ]

    def class_title(self, node: str, code: str) -> str:
        scheme = (self.document.get("classes") or {}).get(self.items.get(node, {}).get("classes")) or {}
        return next((word(each.get("title")) or code for each in scheme.get("of", []) if each["code"] == code), code)

    def cuts(self, node: str) -> list[float]:
        scheme = (self.document.get("classes") or {}).get(self.items.get(node, {}).get("classes")) or {}
        found = [each.get("from", each.get("above")) for each in scheme.get("of", [])]
        return [float(each) for each in found if each is not None]

    def written(self, value: float | None) -> str:
        return "–" if value is None else number(round(value, self.digits))


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


def page_of(run: Run, period: str | None, node: str | None, url: str) -> dict[str, Any]:
    """An index with all its units."""
    said = Edition(run.edition.document)
    periods = queries.periods_of(run)
    period = period if period in periods else (periods[0] if periods else "")
    parts = said.parts()
    node = node if node in parts else said.root
    shown = rows(run, list(queries.scores_of(run, node=node, period=period)), node)
    return {
        **heading(run), "periods": periods, "period": period, "node": node, "node_title": said.title(node),
        "parts": [(code, said.title(code)) for code in [said.root, *parts]], "rows": shown,
        "scored": [each for each in shown if each.score.value is not None], "map": country_map(shown, said, node),
        "ranks": rank_chart(shown, said, node), "covered": coverage(shown), "varied": varied(run),
        "stood_in": [{**each, "node": said.title(each["node"]), "child": said.title(each["child"])}
                     for each in run.shown.get("stood_in", [])],
        "has_classes": any(each.class_title for each in shown), "has_intervals": any(each.interval for each in shown),
        "has_ranks": any(each.ranks for each in shown), "citation": citation_of(run, url),
    }  # fmt: skip


def varied(run: Run) -> dict[str, Any] | None:
    found = run.shown.get("varied")
    if not found:
        return None
    share = {key: None if found.get(key) is None else round(100 * found[key]) for key in ("rank_holds", "class_holds")}
    return {**found, **share, "draws": run.draws}


def coverage(shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Our seven countries, covered or not; what is not in the data is said, not left out."""
    by_place = {each.score.place_id: each for each in shown if each.score.place_id}
    found = []
    for place in in_order(countries(), language()):
        row = by_place.get(place.pk)
        state = _("not covered") if row is None else (row.reason or "")
        found.append({"place": place, "row": row, "state": state})
    return found


def country_map(shown: Sequence[Shown], said: Edition, node: str) -> SafeString | None:
    ours = {each.score.place.code: each for each in shown if each.ours and each.score.value is not None}  # type: ignore[union-attr]
    if not ours:
        return None
    names = {place.code: place.name(language()) for place in countries()}
    floor = min([*(said.ends or ()), *(each.score.value or 0 for each in ours.values())])
    values = {code: (each.score.value or 0) - floor for code, each in ours.items()}
    return region_map(
        names, title=said.title(node), values=values,
        notes={code: " ".join(filter(None, [each.value, each.class_title])) for code, each in ours.items()},
        links={code: each.url for code, each in ours.items()},
    )  # fmt: skip


def rank_chart(shown: Sequence[Shown], said: Edition, node: str) -> SafeString | None:
    """Our countries and whoever stands around them, with intervals; the table has everybody."""
    scored = [each for each in shown if each.score.value is not None]
    if len(scored) < 2:
        return None
    some = scored if len(scored) <= MOST_DOTS else [each for each in scored if each.ours] or scored[:MOST_DOTS]
    plotted = [Dot(each.name, each.score.value, each.score.low, each.score.high, each.ours) for each in some]  # type: ignore[arg-type]
    title = said.title(node)
    text = _("%(n)d units by score, with the interval each may lie in. The table below has the same numbers.")
    return chart(dots(plotted, axis=title), title=title, description=text % {"n": len(plotted)})


def profile_of(run: Run, unit: str, period: str, url: str) -> dict[str, Any]:
    """One unit: its parts, what is missing, how it moved."""
    said = Edition(run.edition.document)
    found = queries.profile(run, unit, period)
    whole = found.get(said.root)
    parts = [code for code in said.parts() if code in found]
    shown = rows(run, [found[code] for code in [said.root, *parts] if code in found], said.root)
    named = [(code, each) for code, each in zip([c for c in [said.root, *parts] if c in found], shown, strict=True)]
    over = list(queries.series(run, unit))
    return {
        **heading(run), "unit": unit, "period": period, "path_url": unit_url(run, unit, period, "results:path"),
        "has_path": bool(said.items[said.root].get("classes")) and run.data_set is not None,
        "name": name_of(whole or next(iter(found.values()))),
        "whole": shown[0] if whole else None, "whole_score": whole, "place": whole.place if whole else None,
        "parts": [{"code": code, "title": said.title(code), "row": row,
                   "class_title": said.class_title(code, row.score.class_code) if row.score.class_code else ""}
                  for code, row in named if code != said.root],
        "bars": part_bars(said, [(said.title(code), found[code].value) for code in parts]),
        "line": period_line(said, over, name_of(whole) if whole else unit), "series": rows(run, over, said.root),
        "others": queries.editions_with_results(run, unit), "citation": citation_of(run, url),
        "missing": [{"title": said.title(code), "why": str(REASONS.get(each.reason, each.reason))}
                    for code, each in found.items() if each.value is None and code != said.root],
        "stood_in": [{"node": said.title(each["node"]), "child": said.title(each["child"])}
                     for each in run.shown.get("stood_in", []) if _named(unit, period) in each["units"]],
    }  # fmt: skip


def _named(unit: str, period: str) -> str:
    return f"{unit} in {period}" if period else unit


def part_bars(said: Edition, parts: Sequence[tuple[str, float | None]]) -> SafeString | None:
    if sum(value is not None for _, value in parts) < 2:
        return None
    title = said.title(said.root)
    return chart(
        bars(parts, axis=title, ends=said.ends, marks=said.cuts(said.root) if said.ends else ()),
        title=title, description=_("The parts of the score, one bar each. The table has the same numbers."),
    )  # fmt: skip


def period_line(said: Edition, over: Sequence[Score], name: str) -> SafeString | None:
    points = [(float(each.period), each.value) for each in over if each.value is not None and each.period.isdigit()]
    if len(points) < 2:
        return None
    title = said.title(said.root)
    return chart(
        lines({name: points}, axis=title), title=title,
        description=_("The score over the years, by one method. The table has the same numbers."),
    )  # fmt: skip


PROOFS = {
    "exact": _l("No smaller change would do: this is computed exactly."),
    "found": _l("No smaller change was found; it is not proven that there is none."),
    "best-already": _l("It is in the best class already."),
    "impossible": _l("No change within the bounds of the criteria reaches the next class."),
}


def path_of(run: Run, unit: str, period: str) -> dict[str, Any] | None:
    """What would have to change for the next class, in words."""
    from kurak.instruments.results import analysis

    found = analysis.path_up(run, unit, period)
    if found is None:
        return None
    said = Edition(run.edition.document)
    return {
        "now": said.class_title(said.root, found.now) if found.now else "", "score": said.written(known(found.score)),
        "to": said.class_title(said.root, found.to) if found.to else "", "after": said.written(known(found.after)),
        "proof": PROOFS.get(found.proof, ""), "moves": [_move(said, each) for each in found.moves],
        "alone": [_move(said, each) for each in found.alone],
        "blocks": [{"title": said.title(each.code), "said": each.said, "lifted": each.lifted} for each in found.blocks],
        "held": "held" in found.notes,
    }  # fmt: skip


def _move(said: Edition, move: Any) -> dict[str, str]:
    def written(value: float, word: str) -> str:
        return word or ("–" if known(value) is None else number(round(value, 4)))

    return {
        "title": said.title(move.code),
        "before": written(move.before, move.word_before),
        "after": written(move.after, move.word_after),
    }


def known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def country_page(place: Place, *, draw: bool = True) -> dict[str, Any]:
    """One country by all indexes: side by side, never summed."""
    found: list[dict[str, Any]] = []
    for run, score in queries.of_place(place):
        said = Edition(run.edition.document)
        row = rows(run, [score], said.root)[0] if score else None
        found.append({"run": run, "title": text_of(run.edition.document["title"]), "row": row, "said": said,
                      "label": LABELS.get(run.label, ""), "period": score.period if score else ""})  # fmt: skip
    relative = [
        (word(each["run"].edition.document["title"]), _relative(each["said"], each["row"].score.value))
        for each in found if each["row"] and each["row"].score.value is not None and each["said"].ends
    ]  # fmt: skip
    return {"place": place, "found": found, "bars": relative_bars(relative) if draw else None}


def _relative(said: Edition, value: float) -> float:
    """Where a score lies on its own scale, 0 worst and 100 best; for the picture only."""
    low, high = said.ends or (0.0, 1.0)
    share = 100 * (value - low) / (high - low)
    return round(100 - share if said.better == "low" else share, 1)


def relative_bars(parts: Sequence[tuple[str, float | None]]) -> SafeString | None:
    if not parts:
        return None
    return chart(
        bars(parts, axis=_("place on its own scale, 100 is best"), ends=(0, 100)),
        title=_("Indexes side by side"),
        description=_("Each index on its own scale, worst 0 and best 100. They measure different things."),
    )  # fmt: skip


def citation_of(run: Run, url: str) -> Citation:
    data = run.edition.document.get("data") or {}
    when = (run.published_at or run.made_at).date()
    title = f"{word(run.edition.document['title'])}, {run.edition.edition}"
    return Citation(title, when, url=url, version=run.made_from[:12], licence=str(data.get("licence") or LICENCE))
