"""The method of an edition as a page shows it, made from its document alone: an outline of criteria with their weights,
each step in words and as a formula, answers, classes, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.ground.languages.text import Text
from kurak.instruments.catalogue import analysis, wording
from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.catalogue.tree import Place, declared, places
from kurak.instruments.definitions.analysis import Definition
from kurak.instruments.definitions.telling import wording_of

SHARED = frozenset(  # combinations in which a weight is a share of the whole
    ("mean", "geometric", "harmonic", "power", "mpi", "ampi", "mean-min", "wroclaw", "borda", "copeland")
)
FACTORS = frozenset(("sum", "product"))  # in which it multiplies, or is an exponent


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said of a criterion. formula: as the engine computes it, the same in every language."""

    said: str
    formula: str = ""
    link: str = ""


@dataclass(slots=True)
class Branch:
    """A criterion in the outline. share: of its parent; effective: of the overall score, both 0..1."""

    code: str
    title: Text | None
    about: Text | None
    is_node: bool
    is_use: bool = False
    share: float | None = None
    effective: float | None = None
    factor: float | None = None
    lines: list[Line] = field(default_factory=list)
    ask: Text | None = None
    anchors: list[tuple[str, Any, Text | None]] = field(default_factory=list)
    checked: str = ""
    part: Any = None
    source: Text | None = None
    core: bool = False
    evidence: str = ""
    children: list[Branch] = field(default_factory=list)

    @property
    def share_shown(self) -> str:
        return "" if self.share is None else wording.percent(self.share)

    @property
    def effective_shown(self) -> str:
        return "" if self.effective is None else wording.percent(self.effective)

    @property
    def factor_shown(self) -> str:
        return "" if self.factor is None else wording.number(self.factor)

    @property
    def mark(self) -> str:
        return str(wording.MARKS.get(self.checked, ""))


@dataclass(frozen=True, slots=True)
class Band:
    """A class with the scores that it has."""

    code: str
    title: Text | None
    span: str
    needs: str


@dataclass(frozen=True, slots=True)
class Scheme:
    code: str
    title: Text | None
    how: str
    bands: tuple[Band, ...]
    mark: str = ""  # where the cuts are from memory


class Method:
    """What the page of an edition shows."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.document, self.declaration = definition.document, definition.declaration
        self.where = declared(self.document)

    def title(self, code: str) -> Text:
        place = self.where.get(code)
        return (text_of(place.given.get("title")) if place else None) or Text("", code)

    def name(self, code: str) -> str:
        return str(self.title(code).into(get_language() or "en"))

    # The outline

    def tree(self) -> Branch:
        root = next(each for each in places(self.document) if each.among == "tree")
        return self._branch(root, share=None, effective=1.0)

    def others(self, among: str) -> list[Branch]:
        """What is computed beside the tree (`also`), or only used in formulas (`inputs`)."""
        starts = [each for each in places(self.document) if each.among == among and each.parent is None]
        return [self._branch(each, share=None, effective=None) for each in starts]

    def _branch(self, place: Place, *, share: float | None, effective: float | None) -> Branch:
        """place may be a use: then it is named, and told where it is declared."""
        given = self.where[place.code].given if place.is_use and place.code in self.where else place.given
        branch = Branch(
            place.code, self.title(place.code), text_of(given.get("about")), place.code in self.declaration.nodes,
            is_use=place.is_use, share=share, effective=effective, checked=str(given.get("checked", "")),
            part=text_of(given.get("part")), core=given.get("core") is True, evidence=str(given.get("evidence", "")),
            source=self._source(given.get("source")),
        )  # fmt: skip
        if place.is_use:
            return branch
        if branch.is_node:
            branch.lines = list(self._of_node(place.code))
            branch.children = list(self._children(place, effective))
        else:
            branch.lines, branch.ask = list(self._of_leaf(place.code, given)), text_of(given.get("ask"))
            branch.anchors = self._anchors(place.code, given)
        return branch

    def _source(self, code: Any) -> Text | None:
        """The title of the source that an item names."""
        every = self.document.get("sources") or []
        return next((text_of(each.get("title")) for each in every if code and each.get("code") == code), None)

    def _children(self, place: Place, effective: float | None) -> Iterator[Branch]:
        node = self.declaration.nodes[place.code]
        below = [each for each in places(self.document) if len(each.path) == len(place.path) + 2
                 and each.path[: len(place.path)] == place.path]  # fmt: skip
        total = sum(child.weight for child in node.children) or 1.0
        for each, child in zip(below, node.children, strict=False):
            share = child.weight / total if node.combine.by in SHARED and node.weigh is None else None
            whole = share * effective if share is not None and effective is not None else None
            made = self._branch(each, share=share, effective=whole)
            if node.combine.by in FACTORS and node.weigh is None:
                made.factor = child.weight
            yield made

    def _of_node(self, code: str) -> Iterator[Line]:
        node = self.declaration.nodes[code]
        if node.formula is not None:
            yield Line(_("Computed by a formula"), node.formula.text)
        else:
            yield self._step("combine", node.combine)
        if node.weigh is not None:
            yield Line(_("Weights are found from the data"), _formula("weigh", node.weigh))
        if node.children:
            yield from (Line(said) for said in wording.missing(node.missing, self.name))
        if node.fill is not None:
            yield Line(wording.fill(node.fill))
        for each in node.then:
            yield Line(wording.adjustment(each))
        if node.classes:
            yield Line(_("Divided into classes"), link=f"#classes-{node.classes}")

    def _of_leaf(self, code: str, given: Mapping[str, Any]) -> Iterator[Line]:
        leaf = self.declaration.leaves[code]
        yield Line(_("More is better.") if leaf.direction > 0 else _("Less is better."))
        if isinstance(given.get("answers"), str):
            yield Line(_("Answers on a scale"), link=f"#answers-{given['answers']}")
        if leaf.denominator:
            by = self.name(leaf.denominator)
            yield Line(_("Divided by: %(name)s") % {"name": by}, f"x / (D / {wording.number(leaf.scale_factor)})")
        if leaf.impute is not None:
            yield Line(_("Missing values are filled"), _formula("impute", leaf.impute))
        if leaf.treat is not None:
            yield Line(_("Outliers are treated"), _formula("treat", leaf.treat))
        if leaf.normalise is not None:
            yield self._step("normalise", leaf.normalise)
        if leaf.bounds:
            low, high = map(wording.number, leaf.bounds)
            yield Line(_("Values lie between %(low)s and %(high)s; others are refused.") % {"low": low, "high": high})
        if leaf.classes:
            yield Line(_("Divided into classes"), link=f"#classes-{leaf.classes}")

    def _step(self, stage: str, choice: Any) -> Line:
        return Line(wording.method(choice.by), _formula(stage, choice))

    def _anchors(self, code: str, given: Mapping[str, Any]) -> list[tuple[str, Any, Text | None]]:
        """(answer, what it counts, its text), for answers that have a text or are this leaf's own."""
        anchors, answers = given.get("anchors") or {}, self.declaration.leaves[code].answers
        if not anchors and not isinstance(given.get("answers"), Mapping):
            return []
        words = list(answers) or list(anchors)
        return [(word, _counts(answers.get(word)), text_of(anchors.get(word))) for word in map(str, words)]

    # What stands beside the outline

    def answers(self) -> list[tuple[str, list[tuple[str, str, Text | None]]]]:
        """Named answer scales: what each answer counts, and what it is called."""
        return [(name, [*self._answers(name, scale)]) for name, scale in (self.document.get("answers") or {}).items()]

    def _answers(self, name: str, scale: Mapping[str, Any]) -> Iterator[tuple[str, str, Text | None]]:
        told = (self.document.get("wording") or {}).get(name) or {}
        for word, value in scale.items():
            yield word, _counts(value), text_of(told.get(word))

    def answer(self, code: str, given: Any) -> Any:
        """What an answer is called; the answer itself where nothing is said."""
        place = self.where.get(code)
        told = wording_of(place.given, self.document) if place else {}
        text = text_of(told.get(str(given)))
        return given if text is None else str(text.into(get_language() or "en"))

    def schemes(self) -> list[Scheme]:
        return [self._scheme(name) for name in self.declaration.classes]

    def _scheme(self, name: str) -> Scheme:
        scheme, given = self.declaration.classes[name], self.document["classes"][name]
        told = {str(each.get("code")): each for each in given.get("of", [])}
        bands = tuple(
            Band(
                each.code, text_of(told.get(each.code, {}).get("title")) or Text("", each.code),
                "" if scheme.by != "cuts" else wording.span(each.at, each.own, following),
                " ".join(formula.text for formula in (each.needs, each.when) if formula),
            )
            for each, following in zip(scheme.of, [*scheme.of[1:], None], strict=True)
        )  # fmt: skip
        mark = str(wording.MARKS["recalled"]) if given.get("checked") == "recalled" else ""
        return Scheme(name, text_of(given.get("title")), _how(scheme), bands, mark)

    def ranks(self) -> list[str]:
        rule = self.declaration.ranks
        if not rule.shown:
            why = text_of(self.document["ranks"].get("why"))
            return [_("Nobody is ranked by it."), *([str(why.into(get_language() or "en"))] if why else [])]
        said = [str(wording.TIES.get(rule.ties, rule.ties))]
        said.append(_("The highest score has rank 1.") if rule.better == "high" else _("The lowest score has rank 1."))
        said.append(_("Scores that agree in %(n)d digits are equal.") % {"n": rule.digits})
        if rule.within:
            said.append(_("Ranked within each %(group)s.") % {"group": rule.within})
        return said

    def scale(self) -> str:
        low, high = self.declaration.low, self.declaration.high
        if low is None or high is None:
            return ""
        parts = {"low": wording.number(low), "high": wording.number(high)}
        if self.declaration.better == "low":
            return _("%(low)s (best) to %(high)s (worst)") % parts
        return _("%(low)s (worst) to %(high)s (best)") % parts

    def empty_cells(self) -> list[tuple[str, str]]:
        """What stands for a missing value in the data."""
        return [(token, str(wording.KINDS[kind])) for token, kind in self.declaration.tokens.items()]

    def factors(self) -> list[Line]:
        """What may be varied to see how certain the scores are."""
        return [
            Line(str(wording.FACTORS.get(each.kind, each.kind)), wording.settings(each.settings))
            for each in self.declaration.factors
        ]

    def panel(self) -> str:
        """Where the parameters of normalisation come from."""
        match self.declaration.over:
            case "each-period":
                return _("In data over several years, each year is put on the scale by itself.")
            case "all-periods":
                return _("In data over several years, all years are put on one scale.")
        return _("The scale comes from the year %(year)s.") % {"year": self.declaration.over}

    def notes(self) -> list[tuple[Text | None, str, str]]:
        """(text, how sure we are, its word)."""
        return [
            (text_of(each.get("text")), str(each.get("checked", "")), str(wording.MARKS.get(each.get("checked"), "")))
            for each in self.document.get("notes") or []
        ]

    def sources(self) -> list[dict[str, Any]]:
        return [
            {**each, "title": text_of(each.get("title")), "mark": wording.MARKS.get(each.get("checked"), ""),
             "about": text_of(each.get("about"))}
            for each in self.document.get("sources") or []
        ]  # fmt: skip

    def from_memory(self) -> int:
        """How many criteria, classes, notes and sources are not checked yet."""
        told = [place.given for place in self.where.values()]
        told += [each for each in (self.document.get("classes") or {}).values() if isinstance(each, Mapping)]
        told += [*(self.document.get("notes") or []), *(self.document.get("sources") or []), self.document]
        return sum(each.get("checked") == "recalled" for each in told)


def _formula(stage: str, choice: Any) -> str:
    how = wording.settings(choice.settings)
    formula = analysis.formula_of(stage, choice.by) or choice.by
    return f"{formula}  [{how}]" if how else formula


def _counts(value: Any) -> str:
    return str(wording.KINDS[value]) if value in wording.KINDS else "" if value is None else wording.number(value)


def _how(scheme: Any) -> str:
    match scheme.by:
        case "rules":
            return _("The first rule that holds decides.")
        case "quantiles":
            return _("Units are ranked and divided into groups of equal size.")
        case "intervals":
            return _("The span from the lowest to the highest score is cut into equal parts.")
        case "breaks":
            return _("The cuts lie where scores leave the widest gaps.")
    if scheme.digits is not None:
        return _("Scores are rounded to %(n)d digits before they are divided.") % {"n": scheme.digits}
    return ""
