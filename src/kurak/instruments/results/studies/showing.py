"""A study as pages show it: charts, tables and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.figures import bars, grouped
from kurak.instruments.catalogue.wording import FACTORS
from kurak.instruments.results import queries as results
from kurak.instruments.results.commands import command_of_study
from kurak.instruments.results.models import Run, Score, Study
from kurak.instruments.results.studies import queries
from kurak.instruments.results.wording import Edition, citation_of, heading, name_of

MOST_BARS = 15
MOST_ROWS = 40
FEW_FLAGS = 5
WIDEST = 12  # parts whose correlations are shown as a table
CONSISTENT = ((0.7, _l("the parts go together")), (0.5, _l("the parts go together in part")))
FLAGS = {"same": _l("say nearly the same twice"), "against": _l("pull against each other")}


def page_of(run: Run, url: str) -> dict[str, Any]:
    study = queries.study_of(run)
    shown = {**heading(run), "study": study, "waiting": queries.unfinished(run), "citation": citation_of(run, url)}
    if study is None:
        return shown
    said = Edition(run.edition.document)
    return {
        **shown, "command": command_of_study(study), "made_by_study": True, "drivers": drivers(study, said),
        "coherence": [node(each, said) for each in study.found.get("coherence", [])],
        "worth": worth(run, study.found.get("worth") or {}, said),
    }  # fmt: skip


def factor(name: str) -> str:
    """What varies, in words; factors that carry names of their own keep them."""
    return str(FACTORS.get(name, name))


def drivers(study: Study, said: Edition) -> dict[str, Any]:
    found = study.found.get("drivers") or {}
    rows = [{**each, "title": factor(each["factor"])} for each in found.get("factors", [])]
    screened = [{**each, "title": factor(each["factor"])} for each in found.get("screened") or []]
    return {**found, "rows": rows, "screened": screened, "chart": drivers_chart(rows, found.get("outcome", "rank"))}


def drivers_chart(rows: Sequence[Mapping[str, Any]], outcome: str) -> SafeString | None:
    known = [each for each in rows if each["total"] is not None]
    if not known:
        return None
    alone, together = _("alone"), _("with the others")
    told = [(each["title"], {alone: each["first"], together: each["total"]}) for each in known]
    axis = _("share of what changes in the order") if outcome == "rank" else _("share of what changes in the scores")
    return chart(
        grouped(told, axis=axis, ends=(0, 1)), title=_("What drives the order"),
        description=_("What each choice explains alone, and together with the others. The table has the same numbers."),
    )  # fmt: skip


def of_unit(run: Run, unit: str, period: str) -> list[dict[str, Any]]:
    """What decides the place of one unit, the strongest first."""
    study = queries.study_of(run)
    units = ((study.found.get("drivers") or {}).get("units") or []) if study else []
    found = next((each for each in units if (each["unit"], each["period"]) == (unit, period)), None)
    shares = [(name, min(1.0, share)) for name, share in (found or {"total": {}})["total"].items() if share is not None]
    return [{"title": factor(name), "share": share} for name, share in sorted(shares, key=lambda each: -each[1])]


def node(given: Mapping[str, Any], said: Edition) -> dict[str, Any]:
    parts = [{**each, "title": said.title(each["code"])} for each in given["parts"]]
    titles = {each["code"]: each["title"] for each in parts}
    flags = [{**each, "one": titles[each["one"]], "other": titles[each["other"]], "said": FLAGS[each["flag"]]}
             for each in sorted(given["flags"], key=lambda each: -abs(each["r"]))]  # fmt: skip
    matrix = list(zip([each["title"] for each in parts], given["correlations"], strict=True))
    return {
        **given, "title": said.title(given["node"]), "parts": parts,
        "flags": flags[:FEW_FLAGS], "more_flags": flags[FEW_FLAGS:], "verdict": verdict(given["alpha"]),
        "matrix": matrix if len(matrix) <= WIDEST else [], "chart": weights_chart(said.title(given["node"]), parts),
    }  # fmt: skip


def verdict(alpha: float | None) -> str:
    if alpha is None:
        return ""
    return str(next((word for least, word in CONSISTENT if alpha >= least), _("the parts hardly go together")))


def weights_chart(title: str, parts: Sequence[Mapping[str, Any]]) -> SafeString | None:
    """The weight each part was given beside what it accounts for."""
    if not 1 < len(parts) <= 2 * WIDEST or all(each["importance"] is None for each in parts):
        return None
    given, real = _("weight that was given"), _("share of the differences it accounts for")
    weighed = any(each["weight"] is not None for each in parts)
    told = [
        (each["title"], {**({given: each["weight"]} if weighed else {}), real: each["importance"]}) for each in parts
    ]
    return chart(
        grouped(told, axis="", ends=(0, 1)), title=title,
        description=_("What each part was meant to weigh, and what it accounts for. The table has the same numbers."),
    )  # fmt: skip


def worth(run: Run, given: Mapping[str, Any], said: Edition) -> dict[str, Any]:
    parts = list(given.get("parts", []))[:MOST_ROWS]
    named = names(run, {each["unit"] for each in parts})
    rows = [
        {**each, "title": said.title(each["code"]), "name": named.get(each["unit"], each["unit"])} for each in parts
    ]
    return {
        **given, "rows": rows, "left": max(0, len(given.get("parts", [])) - MOST_ROWS),
        "bound": [said.title(code) for code in given.get("bound", [])],
        "chart": worth_chart(rows, given.get("outcome", "rank")),
    }  # fmt: skip


def names(run: Run, units: set[str]) -> dict[str, str]:
    found = Score.objects.filter(run=run, node=results.root_of(run.edition), unit__in=units)
    return {each.unit: name_of(each) for each in found.select_related("place", "organisation")}


def worth_chart(rows: Sequence[Mapping[str, Any]], outcome: str) -> SafeString | None:
    if len(rows) < 2:
        return None
    axis = {"rank": _("places that units move without it, on average"), "score": _("change of scores without it")}
    drawn = bars([(each["title"], each["moved"]) for each in rows[:MOST_BARS]], axis=axis[outcome])
    return chart(
        drawn, title=_("What each part is worth"),
        description=_("One bar for each part: how far units move when it is left out. The table has the same numbers."),
    )  # fmt: skip
