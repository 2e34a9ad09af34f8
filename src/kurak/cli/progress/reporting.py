"""Verdicts as lines for people and as JSON for programs. No status is printed without the method beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kurak.cli.progress.reading import Given
from kurak.engines.progress import METHODS, Judged, Projection, Series, Target, Verdict, disagreement

STEPS = {
    "achieved": "achieved", "on-track": "on track", "too-slow": "too slow", "stagnating": "stagnating",
    "moving-away": "moving away", "cannot-be-judged": "cannot be judged",
}  # fmt: skip
SHOWN = {"ratio": "ratio", "gap": "gap"}  # inputs that are printed beside a verdict


@dataclass(frozen=True, slots=True)
class Reported:
    given: Given
    judged: list[Judged]
    projected: list[Projection]
    now: int
    methods: list[str]
    as_published: bool

    @property
    def rows(self) -> Iterator[tuple[Series, Target, Judged, Projection]]:
        return zip(self.given.many, self.given.targets, self.judged, self.projected, strict=True)


def lines_of(reported: Reported) -> Iterator[str]:
    given = reported.given
    how = "the formulas as published" if reported.as_published else "with our rules"
    count = len(given.many)
    yield f"{given.file}: {count} series, judged as in {reported.now}, {how}"
    yield from (f"note: {each}" for each in given.notes)
    for one, target, judged, projected in reported.rows:
        yield ""
        yield _head(one, target)
        yield from (f"  {line}" for line in _body(judged, projected, target))
    found = [disagreement(judged) for judged in reported.judged]
    contradict, opposite = sum(each.contradict for each in found), sum(each.opposite for each in found)
    if len(reported.methods) > 1:
        yield ""
        said = f"over {contradict} of {count} series, at opposite ends over {opposite}"
        yield f"The methods contradict one another {said}."


def _head(one: Series, target: Target) -> str:
    unit = f"{one.unit}, " if one.unit else ""
    best = "best in the middle" if one.kind == "parity" else "more is better" if one.direction > 0 else "less is better"
    seen = "no values"
    if one.times.size:
        seen = f"{one.times.size} values {_years(one.times[0], one.times[-1])}, last {one.values[-1]:g}"
    goal = "no target"
    if target.value is not None:
        goal = f"target {target.value:g} by {target.year:g} ({target.kind})"
    return f"{one.name} ({unit}{best}): {seen}; {goal}"


def _body(judged: Judged, projected: Projection, target: Target) -> Iterator[str]:
    width = max(len(name) for _, name in METHODS.values())
    for method, verdict in judged.verdicts.items():
        letter, name = METHODS[method]
        mark = "*" if method == judged.headline and len(judged.verdicts) > 1 else " "
        yield f"{mark} {letter} {name:<{width}}  {_verdict(verdict)}"
    if len(judged.verdicts) > 1:
        yield f"* headline: {judged.why}"
    found = disagreement(judged)
    if found.contradict:
        names = {"good": "on track", "slow": "slow", "away": "moving away"}
        said = "; ".join(
            f"{names[group]}: {', '.join(METHODS[each][0] for each in found.groups[group])}"
            for group in names if group in found.groups
        )  # fmt: skip
        yield f"! the methods contradict one another{', at opposite ends' if found.opposite else ''}: {said}"
    yield _projection(projected, target)


def _verdict(verdict: Verdict) -> str:
    if verdict.status is None:
        return f"{STEPS[verdict.step]:<16}  {verdict.because}"
    parts = [f"score {verdict.score + 0:.3g}"] if verdict.score is not None else []
    parts += [f"{said} {verdict.inputs[key] + 0:.3g}" for key, said in SHOWN.items() if key in verdict.inputs]
    years = "" if verdict.first is None or verdict.last is None else _years(verdict.first, verdict.last)
    words = "value" if verdict.n == 1 else "values"
    line = f"{STEPS[verdict.step]:<16}  {verdict.status:<28}  {verdict.n} {words} {years:<9}  {', '.join(parts)}"
    return line.rstrip()


def _projection(projected: Projection, target: Target) -> str:
    if projected.middle is None:
        return f"in {target.year:g}: not projected, {projected.because}"
    interval = (
        f"{projected.level:.0%} interval {projected.low:.4g} to {projected.high:.4g}, middle {projected.middle:.4g}"
    )
    if projected.met is None:
        return f"in {target.year:g}: {interval}"
    return f"met by {target.year:g}: {_chance(projected.met)} ({interval})"


def _chance(met: float) -> str:
    return "below 1 %" if met < 0.01 else "above 99 %" if met > 0.99 else f"{100 * met:.0f} %"


def _years(first: float, last: float) -> str:
    return f"{first:g}-{last:g}"


def json_of(reported: Reported) -> str:
    document = {
        "file": reported.given.file, "now": reported.now, "as_published": reported.as_published,
        "methods": {method: {"letter": METHODS[method][0], "name": METHODS[method][1]} for method in reported.methods},
        "notes": reported.given.notes,
        "series": [_series(*row) for row in reported.rows],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)


def _series(one: Series, target: Target, judged: Judged, projected: Projection) -> dict[str, Any]:
    found = disagreement(judged)
    return {
        "series": one.name, "unit": one.unit, "direction": one.direction, "kind": one.kind, "limits": list(one.limits),
        "years": one.times.tolist(), "values": one.values.tolist(), "target": asdict(target),
        "headline": judged.headline, "why": judged.why,
        "verdicts": {
            method: {**asdict(verdict), "because": verdict.because} for method, verdict in judged.verdicts.items()
        },
        "disagreement": asdict(found), "projection": {**asdict(projected), "because": projected.because},
    }  # fmt: skip
