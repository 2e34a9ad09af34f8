"""Reads the parts of a document: leaves, nodes, classes, policies. What is wrong goes to the reading."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kurak.engines.composite.declaration import (
    KINDS,
    LABELS,
    MEAN,
    Adjustment,
    Child,
    Class,
    Classes,
    Fill,
    Leaf,
    Missing,
    Node,
    Ranks,
    Screen,
    Trend,
)
from kurak.engines.composite.declaring.reading import Path, Reading
from kurak.engines.composite.methods import Choice
from kurak.engines.composite.stages import COMBINATIONS, IMPUTATIONS, NORMALISATIONS, TREATMENTS, WEIGHTINGS

POLICIES = ("available", "strict", "worst", "best", "bounds")
STAGES = {"impute": IMPUTATIONS, "treat": TREATMENTS, "normalise": NORMALISATIONS}
ADJUSTING = ("multiply", "subtract", "cap", "floor", "veto", "set")


def leaf(read: Reading, path: Path, given: Mapping[str, Any], top: Mapping[str, Any]) -> Leaf:
    there = read.mapping(path, given, "leaf")
    code = read.code((*path, "code"), there.get("code"))
    stages = {name: stage(read, path, there, name, top) for name in STAGES}
    return Leaf(
        code=code,
        column=read.text((*path, "column"), there["column"]) if "column" in there else code,
        direction=-1 if read.word((*path, "direction"), there.get("direction", "up"), ("up", "down")) == "down" else 1,
        answers=answers(read, (*path, "answers"), there.get("answers"), top),
        bounds=read.pair((*path, "bounds"), there["bounds"]) if "bounds" in there else None,
        range=read.pair((*path, "range"), there["range"]) if "range" in there else None,
        denominator=read.code((*path, "denominator"), there["denominator"]) if "denominator" in there else None,
        scale_factor=read.number((*path, "scale_factor"), there.get("scale_factor", 1), low=1e-300, instead=1),
        classes=read.text((*path, "classes"), there["classes"]) if "classes" in there else None,
        trend=trend(read, (*path, "trend"), there["trend"]) if "trend" in there else None,
        error=error(read, (*path, "error"), there.get("error")),
        **stages,
    )


def stage(read: Reading, path: Path, there: Mapping[str, Any], name: str, top: Mapping[str, Any]) -> Choice | None:
    """A stage of a leaf: its own, else the document's default, which is checked where it stands."""
    if name in there:
        return read.choice((*path, name), there[name], STAGES[name])
    chosen: Choice | None = top["defaults"].get(name)
    return chosen


def answers(read: Reading, path: Path, given: Any, top: Mapping[str, Any]) -> dict[str, float | str]:
    if given is None:
        return {}
    if isinstance(given, str):
        if given not in top["answers"]:
            read.unknown((*path, given), "declaration.answers", f"there is no answer scale {given!r}", top["answers"])
        named: dict[str, float | str] = top["answers"].get(given, {})
        return named
    return answer_scale(read, path, given)


def answer_scale(read: Reading, path: Path, given: Any) -> dict[str, float | str]:
    """Words and what they stand for: a number, or a kind of missing value."""
    kept: dict[str, float | str] = {}
    for word, stands_for in read.mapping(path, given).items():
        if isinstance(stands_for, str):
            kept[word] = read.word((*path, word), stands_for, KINDS)
        else:
            kept[word] = read.number((*path, word), stands_for)
    return kept


def error(read: Reading, path: Path, given: Any) -> str | float | None:
    if given is None or isinstance(given, str):
        return given
    return read.number(path, given, low=0)


def trend(read: Reading, path: Path, given: Any) -> Trend:
    there = read.mapping(path, given, "trend")
    years = {key: read.whole((*path, key), there[key], high=3000) for key in ("first", "last") if key in there}
    for key in ("goal", "by_year"):
        if key not in there:
            read.wrong(path, "declaration.trend", f"the trend says no {key!r}", f"Add {key}: …")
    return Trend(
        goal=read.number((*path, "goal"), there.get("goal", 0)),
        by_year=read.whole((*path, "by_year"), there.get("by_year", 2030), high=3000),
        **years,
    )


def node(read: Reading, path: Path, there: Mapping[str, Any], children: tuple[Child, ...]) -> Node:
    """An inner node; its children have been read."""
    given = read.mapping(path, there, "node")
    return Node(
        code=read.code((*path, "code"), given.get("code")),
        children=children,
        combine=read.choice((*path, "combine"), given.get("combine", "mean"), COMBINATIONS) or MEAN,
        weigh=read.choice((*path, "weigh"), given.get("weigh"), WEIGHTINGS),
        missing=missing(read, (*path, "missing"), given.get("missing", "available")),
        fill=fill(read, (*path, "fill"), given["fill"]) if "fill" in given else None,
        then=adjustments(read, (*path, "then"), given.get("then", [])),
        formula=read.formula((*path, "formula"), given["formula"]) if "formula" in given else None,
        classes=read.text((*path, "classes"), given["classes"]) if "classes" in given else None,
        label=read.word((*path, "label"), given["label"], LABELS) if "label" in given else None,  # type: ignore[arg-type]
        range=read.pair((*path, "range"), given["range"]) if "range" in given else None,
        ranks=ranks(read, (*path, "ranks"), given["ranks"]) if "ranks" in given else None,
        trend=trend(read, (*path, "trend"), given["trend"]) if "trend" in given else None,
    )


def missing(read: Reading, path: Path, given: Any) -> Missing:
    if isinstance(given, str):
        return Missing(by=read.word(path, given, POLICIES))
    there = read.mapping(path, given, "missing")
    most = read.number((*path, "most_not_applicable"), there.pop("most_not_applicable", 1), low=0, high=1)
    counted = read.word((*path, "by"), there.pop("by", "count"), ("count", "weight"))
    how: dict[str, Any] = {"most_not_applicable": most, "counted": counted}
    if "at_least" in there:
        return Missing(by="at_least", share=read.number((*path, "at_least"), there["at_least"], low=0, high=1), **how)
    if "required" in there:
        codes = [read.code((*path, "required", i), each) for i, each in enumerate(read.listed(path, there["required"]))]
        return Missing(by="required", required=tuple(codes), **how)
    if "value" in there:
        return Missing(by="value", value=read.number((*path, "value"), there["value"]), **how)
    return Missing(by=next((name for name in POLICIES if name in there), "available"), **how)


def fill(read: Reading, path: Path, given: Any) -> Fill:
    there = read.mapping(path, given, "fill")
    if len(there) != 1:
        read.wrong(path, "declaration.fill", "a fill names a column or a group", 'Write {column: "…"} or {group: …}')
    return Fill(**{key: read.text((*path, key), value) for key, value in there.items() if key in ("column", "group")})


def adjustments(read: Reading, path: Path, given: Any) -> tuple[Adjustment, ...]:
    kept: list[Adjustment] = []
    for place, each in enumerate(read.listed(path, given)):
        kept += adjusted(read, (*path, place), each)
    return tuple(kept)


def adjusted(read: Reading, path: Path, given: Any) -> list[Adjustment]:
    """One line of adjustments; `{subtract: …, floor: 0}` is two, in that order."""
    there = read.mapping(path, given, "adjustment")
    said = [name for name in ADJUSTING if name in there]
    if not said:
        read.wrong(path, "declaration.adjustment", "nothing is adjusted", f"Write one of: {', '.join(ADJUSTING)}")
    when = read.formula((*path, "when"), there["when"]) if "when" in there else None
    name = str(there.get("code", "-".join(said)))
    kept = []
    for by in said:
        amount = None if there[by] == "missing" else read.formula((*path, by), there[by])
        kept.append(Adjustment(name, by, amount, when))
    return kept


def ranks(read: Reading, path: Path, given: Any) -> Ranks:
    there = read.mapping(path, given, "ranks")
    return Ranks(
        ties=read.word((*path, "ties"), there.get("ties", "min"), ("min", "dense", "average", "max", "ordinal")),
        better=read.word((*path, "better"), there.get("better", "high"), ("high", "low")),  # type: ignore[arg-type]
        digits=read.whole((*path, "digits"), there.get("digits", 12), low=1, high=15),
        within=read.text((*path, "within"), there["within"]) if "within" in there else None,
        shown=read.flag((*path, "shown"), there.get("shown", True)),
    )


def screen(read: Reading, path: Path, given: Any) -> Screen | None:
    if given is None:
        return None
    there = read.mapping(path, given, "screen")

    def share(key: str) -> float:
        return read.number((*path, key), there.get(key, 0), low=0, high=1)

    inside = read.mapping((*path, "inside"), there.get("inside", {}))
    return Screen(
        available=share("available"),
        not_zero=share("not_zero"),
        inside={key: read.number((*path, "inside", key), each, low=0, high=1) for key, each in inside.items()},
        both=read.flag((*path, "both"), there.get("both", False)),
        keep=tuple(map(str, read.listed((*path, "keep"), there.get("keep", [])))),
        drop=tuple(map(str, read.listed((*path, "drop"), there.get("drop", [])))),
    )


def classes(read: Reading, path: Path, code: str, given: Any) -> Classes:
    there = read.mapping(path, given, "scheme")
    by = read.word((*path, "by"), there.get("by", "cuts"), ("cuts", "rules", "quantiles", "intervals", "breaks"))
    of = [one_class(read, (*path, "of", i), each, by) for i, each in enumerate(read.listed(path, there.get("of")))]
    if not of:
        read.wrong(path, "declaration.classes", "the scheme has no classes", "List them under `of`, lowest first")
    if len({each.code for each in of}) < len(of):
        read.wrong((*path, "of"), "declaration.twice", "two classes have one code", "Give each a code of its own")
    if by == "cuts":
        ascending(read, path, of)
    return Classes(
        code=code,
        of=tuple(of),
        by=by,
        better=read.word((*path, "better"), there.get("better", "high"), ("high", "low")),  # type: ignore[arg-type]
        digits=read.whole((*path, "digits"), there["digits"], high=12) if there.get("digits") is not None else None,
    )


def one_class(read: Reading, path: Path, given: Any, by: str) -> Class:
    there = read.mapping(path, given, "class")
    if "from" in there and "above" in there:
        read.wrong(path, "declaration.cut", "the class says both `from` and `above`", "Keep one: `from` owns the cut")
    side = "from" if "from" in there else "above"
    if by == "rules" and "when" not in there:
        read.wrong(path, "declaration.rule", "the class has no rule", "Add when: …; the last may be when: 1")
    return Class(
        code=read.text((*path, "code"), there.get("code")),
        at=read.number((*path, side), there[side]) if side in there else None,
        own="above" not in there,
        needs=read.formula((*path, "needs"), there["needs"]) if "needs" in there else None,
        when=read.formula((*path, "when"), there["when"]) if "when" in there else None,
    )


def ascending(read: Reading, path: Path, of: list[Class]) -> None:
    last = -math.inf
    for place, each in enumerate(of):
        if each.at is None:
            if place:
                read.wrong((*path, "of", place), "declaration.cut", f"{each.code!r} has no cut", "Add from: or above:")
            continue
        if each.at <= last:
            said = f"the cut {each.at:g} is not above {last:g}"
            read.wrong((*path, "of", place), "declaration.cut", said, "List the classes from the lowest cut up")
        last = each.at


def label(read: Reading, path: Path, given: Any) -> str:
    if isinstance(given, Mapping):
        given = read.mapping(path, given, "label").get("is")
        path = (*path, "is")
    if given is None:
        read.wrong(path, "declaration.label", "the document does not say how exact it is", "Add label: exact")
        return LABELS[0]
    return read.word(path, given, LABELS)
