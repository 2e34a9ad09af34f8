"""What the pages of results show, put together in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.places.drawing import region_map
from kurak.ground.places.queries import countries, in_order
from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.figures import Dot, bars, dots
from kurak.instruments.catalogue.wording import number
from kurak.instruments.results import queries
from kurak.instruments.results.models import Run
from kurak.instruments.results.studies import showing as studies
from kurak.instruments.results.trends import showing as trends
from kurak.instruments.results.wording import (
    REASONS,
    Edition,
    Shown,
    citation_of,
    heading,
    known,
    language,
    name_of,
    rows,
    unit_url,
)

MOST_DOTS = 40


def page_of(run: Run, period: str | None, node: str | None, url: str) -> dict[str, Any]:
    """An index with all its units."""
    said = Edition(run.edition.document)
    periods = queries.periods_of(run)
    period = period if period in periods else (periods[0] if periods else "")
    parts = said.parts()
    node = node if node in parts else said.root
    moves = trends.of_run(run, node, said)
    found = rows(run, list(queries.scores_of(run, node=node, period=period)), node)
    shown = [replace(each, trend=moves.get(each.score.unit)) for each in found]
    return {
        **heading(run), "periods": periods, "period": period, "node": node, "node_title": said.title(node),
        "parts": [(code, said.title(code)) for code in [said.root, *parts]], "rows": shown,
        "scored": [each for each in shown if each.score.value is not None], "map": country_map(shown, said, node),
        "ranks": rank_chart(shown, said, node), "rank_spans": rank_spans(shown),
        "covered": coverage(shown), "varied": varied(run),
        "stood_in": [{**each, "node": said.title(each["node"]), "child": said.title(each["child"])}
                     for each in run.shown.get("stood_in", [])],
        "has_trends": bool(moves),
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


def rank_spans(shown: Sequence[Shown]) -> SafeString | None:
    """Where the ranks of our countries may lie, or of everybody where there are few."""
    ranked = [each for each in shown if each.score.rank is not None and each.score.rank_low is not None]
    if len(ranked) < 2:
        return None
    some = ranked if len(ranked) <= MOST_DOTS else [each for each in ranked if each.ours] or ranked[:MOST_DOTS]
    plotted = [Dot(each.name, each.score.rank, each.score.rank_low, each.score.rank_high, each.ours) for each in some]  # type: ignore[arg-type]
    return chart(
        dots(plotted, axis=_("rank"), reverse=True, whole=True), title=_("Where ranks may lie"),
        description=_("The rank of each unit, and its ranks in other computations. The table below has the same."),
    )  # fmt: skip


def profile_of(run: Run, unit: str, period: str, url: str) -> dict[str, Any]:
    """One unit: its parts, what is missing, how it moved."""
    said = Edition(run.edition.document)
    found = queries.profile(run, unit, period)
    whole = found.get(said.root)
    parts = [code for code in said.parts() if code in found]
    shown = rows(run, [found[code] for code in [said.root, *parts] if code in found], said.root)
    named = [(code, each) for code, each in zip([c for c in [said.root, *parts] if c in found], shown, strict=True)]
    moves = trends.of_unit(run, unit, said)
    return {
        **heading(run), "unit": unit, "period": period, "path_url": unit_url(run, unit, period, "results:path"),
        "has_path": bool(said.items[said.root].get("classes")) and run.data_set is not None,
        "name": name_of(whole or next(iter(found.values()))),
        "whole": shown[0] if whole else None, "whole_score": whole, "place": whole.place if whole else None,
        "parts": [{"code": code, "title": said.title(code), "row": row,
                   "trend": moves.get(code),
                   "class_title": said.class_title(code, row.score.class_code) if row.score.class_code else ""}
                  for code, row in named if code != said.root],
        "has_classes": any(found[code].class_code for code in parts),
        "bars": part_bars(said, [(said.title(code), found[code].value) for code in parts]),
        "over_time": trends.over_time(run, whole), "trend": moves.get(said.root),
        "decides": studies.of_unit(run, unit, period),
        "aims": trends.with_goals(moves, [said.root, *parts]), "citation": citation_of(run, url),
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
