"""Two editions line by line: what came, what went, what weighs more, what is computed in another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from kurak.ground.languages.text import Text
from kurak.instruments.catalogue import analysis, queries
from kurak.instruments.catalogue.method import Branch, Method
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.catalogue.texts import TEXTS
from kurak.instruments.catalogue.tree import Place, declared
from kurak.instruments.catalogue.wording import LABELS
from kurak.instruments.definitions.problems import Misdeclared

NAMES = {
    "weight": _l("Weight"), "direction": _l("Direction"), "answers": _l("Answers"), "bounds": _l("Bounds"),
    "normalise": _l("Made comparable"), "treat": _l("Outliers"), "impute": _l("Missing values"),
    "denominator": _l("Divided by"), "scale_factor": _l("Divided by"), "column": _l("Column of the data"),
    "combine": _l("Combination"), "weigh": _l("Weights from the data"), "formula": _l("Formula"),
    "missing": _l("When parts are missing"), "fill": _l("When parts are missing"), "then": _l("Adjustments"),
    "classes": _l("Classes"), "range": _l("Range"), "ranks": _l("Ranks"), "trend": _l("Trend"), "error": _l("Error"),
    "label": _l("How exact"), "scale": _l("Scale"), "defaults": _l("Defaults"), "over": _l("Years"),
    "reference": _l("Reference"), "uncertainty": _l("Uncertainty"), "excluded": _l("Uncertainty"),
    "groups": _l("Groups"), "title": _l("Title"), "about": pgettext_lazy("description", "About"), "ask": _l("Question"),
    "anchors": _l("What answers mean"), "wording": _l("What answers mean"), "evidence": _l("Evidence"),
    "core": _l("Short form"), "assessing": _l("How it is assessed"), "sources": _l("Sources"), "notes": _l("Notes"),
    "checked": _l("How sure we are"),
    "source": _l("Source"),
    "parent": _l("Part of"),
}  # fmt: skip
OF_A_TREE = frozenset(("code", "children", "use"))
TOP = tuple(
    str.split("scale missing groups defaults over reference answers wording ranks uncertainty excluded assessing")
)
WORDS = frozenset((*TEXTS, "anchors", "wording"))
SHOWN_UNITS = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of a criterion, or of the whole, before and after. Texts are only said to have changed.

    is_plain: before and after are words for readers, not values as they stand in the file."""

    what: str
    before: str = ""
    after: str = ""
    is_wording: bool = False
    is_plain: bool = False


@dataclass(slots=True)
class Changed:
    code: str
    title: Text
    changes: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    added: list[tuple[str, Text]]
    removed: list[tuple[str, Text]]
    changed: list[Changed]
    whole: list[Change]

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.whole)


def compared(before: Edition, after: Edition, *, data: str = "") -> dict[str, Any]:
    """What the page of a comparison shows. data: the number of the data set to compute both with."""
    try:
        old, new = Method(analysis.definition_of(before)), Method(analysis.definition_of(after))
    except Misdeclared:
        return {"unreadable": True}
    sets = queries.data_sets_of(after, before)
    chosen = next((each for each in sets if str(each.pk) == data), sets[0] if sets else None)
    shown: dict[str, Any] = {"comparison": comparison(old, new), "data_sets": sets, "data_set": chosen}
    if chosen is not None:
        found = analysis.difference(old.definition, new.definition, analysis.table_of(chosen))
        shown |= {"difference": found, "shifts": most_moved(found)}
    return shown


def most_moved(found: analysis.Difference) -> list[analysis.Shift]:
    """Units by how far they move."""
    return sorted(found.shifts, key=lambda each: (-abs(each.places), each.unit, each.period))[:SHOWN_UNITS]


def comparison(old: Method, new: Method) -> Comparison:
    was, now = declared(old.document), declared(new.document)
    shares = effective(old), effective(new)
    both = [code for code in now if code in was]
    changed = [Changed(code, new.title(code), list(_of(was[code], now[code], shares, (old, new)))) for code in both]
    return Comparison(
        [(code, new.title(code)) for code in now if code not in was],
        [(code, old.title(code)) for code in was if code not in now],
        [each for each in changed if each.changes],
        [*_whole(old.document, new.document), *_classes(old, new)],
    )


def effective(method: Method) -> dict[str, str]:
    """The weight of each code in the overall score, in per cent, where it has one."""
    found: dict[str, str] = {}

    def walk(branch: Branch) -> None:
        if branch.effective is not None:
            found.setdefault(branch.code, branch.effective_shown)
        for child in branch.children:
            walk(child)

    walk(method.tree())
    return found


def _of(
    was: Place, now: Place, shares: tuple[dict[str, str], dict[str, str]], methods: tuple[Method, Method]
) -> Iterator[Change]:
    before, after = (each.get(now.code, "") for each in shares)
    if before != after:
        yield Change(_("Weight in the whole, per cent"), before or "–", after or "–")
    if was.parent != now.parent:
        old, new = methods
        above = old.name(was.parent) if was.parent else "–", new.name(now.parent) if now.parent else "–"
        yield Change(str(NAMES["parent"]), above[0], above[1], is_plain=True)
    for key in sorted({*was.given, *now.given} - OF_A_TREE - ({"weight"} if before != after else set())):
        yield from changes(key, was.given.get(key), now.given.get(key))


def changes(key: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        name = str(NAMES.get(key, key))
        if key in WORDS:
            yield Change(name, is_wording=True)
        else:
            yield Change(name, written(before), written(after))


def _whole(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    label, then = was.get("label"), now.get("label")
    if exact(label) != exact(then):
        yield Change(str(NAMES["label"]), exact(label), exact(then), is_plain=True)
    elif label != then:
        yield Change(str(NAMES["label"]), is_wording=True)
    for key in TOP:
        yield from changes(key, was.get(key), now.get(key))
    for key in ("title", "about", "sources", "notes"):
        if was.get(key) != now.get(key):
            yield Change(str(NAMES[key]), is_wording=True)


def exact(label: Any) -> str:
    """How exact, in a word."""
    word = label.get("is") if isinstance(label, Mapping) else label
    return str(LABELS.get(str(word), word or "–"))


def _classes(old: Method, new: Method) -> Iterator[Change]:
    """Schemes class by class, with the side on which each border belongs."""
    was, now = ({each.code: each for each in method.schemes()} for method in (old, new))
    for code in [*was, *(each for each in now if each not in was)]:
        before, after = (
            "; ".join(f"{band.code}: {band.span} {band.needs}".strip() for band in found[code].bands)
            if code in found
            else ""
            for found in (was, now)
        )
        if before != after:
            yield Change(_("Classes: %(name)s") % {"name": code}, before or "–", after or "–")


def written(value: Any) -> str:
    """A value of a document in one line, as it would stand in the file.

    >>> written({"by": "minmax", "to": [0, 100]}), written(None), written(True)
    ('{by: minmax, to: [0, 100]}', '–', 'true')
    """
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return str(value)
