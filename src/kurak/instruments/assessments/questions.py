"""What an edition asks: its document as pages of questions, one for each part of the tree, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.languages.text import Text
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.definitions.telling import wording_of

GATES = "before"  # the page of what is asked outside the tree
COMPUTED = frozenset({"confidence"})  # inputs that we compute ourselves
LEFT_OUT = ("not-applicable", "unknown", "missing", "withheld", "not-covered")  # words that stand for no number


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be given. kind: empty for a value, else why there is none."""

    word: str
    text: Text
    value: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question. Without options it is answered with a number between the bounds."""

    code: str
    title: Text
    ask: Text
    about: Text | None
    options: tuple[Option, ...]
    bounds: tuple[float, float] | None
    evidence: str  # required, optional or none
    core: bool
    share: float  # of its page, by weight

    @property
    def takes_evidence(self) -> bool:
        return self.evidence != "none"

    def option(self, word: str) -> Option | None:
        return next((each for each in self.options if each.word == word), None)

    def value(self, word: str) -> float | None:
        """The number that a given answer stands for; None where it stands for none."""
        if option := self.option(word):
            return option.value
        return None if self.options or not word else float(word)

    def kind(self, word: str) -> str:
        """Why an answer is no number: not-applicable, unknown, ...; empty where it is one, or not given."""
        option = self.option(word)
        return option.kind if option else ""


@dataclass(frozen=True, slots=True)
class Page:
    """The questions of one part of the tree. most_not_applicable: the share, by weight, that may drop out."""

    code: str
    title: Text
    about: Text | None
    criteria: tuple[Criterion, ...]
    most_not_applicable: float = 1.0

    def not_applicable(self, given: Mapping[str, str]) -> float:
        """The share of the page, by weight, that was said not to apply."""
        return sum(each.share for each in self.criteria if each.kind(given.get(each.code, "")) == "not-applicable")


class Questionnaire:
    """The pages of an edition. short: only the core questions."""

    def __init__(self, edition: Edition, *, short: bool = False) -> None:
        self.edition, self.document = edition, edition.document
        self.short = short

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return tuple(self._pages())

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        return {each.code: each for page in self.pages for each in page.criteria}

    @property
    def assessing(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.document.get("assessing") or {}
        return found

    @property
    def has_core(self) -> bool:
        return any(leaf.get("core") for leaf in leaves(self.document["tree"]))

    @property
    def has_classes(self) -> bool:
        """Whether the whole is put into a class."""
        return bool(self.document["tree"].get("classes"))

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that the title is written in: those an exported form carries."""
        title = self.document.get("title")
        return tuple(code for code in title if code in BY_CODE) if isinstance(title, Mapping) else ("en",)

    def page(self, code: str) -> Page | None:
        return next((each for each in self.pages if each.code == code), None)

    def _pages(self) -> Iterator[Page]:
        before = [leaf for leaf in self.document.get("inputs") or () if is_asked(leaf)]
        if before:
            more = any(is_asked(leaf) for leaf in leaves(self.document["tree"]))
            title = Text(get_language() or "en", _("Before the questions") if more else _("Questions"))
            yield self._page(GATES, title, None, [(leaf, 0.0) for leaf in before], 1.0, in_tree=False)
        tree = self.document["tree"]
        own = [child for child in tree.get("children", ()) if is_leaf(child)]
        if own:
            yield self._part(tree, own)
        for child in tree.get("children", ()):
            if "children" in child:
                yield self._part(child, [child])
        for node in self.document.get("also") or ():
            if "children" in node and any(is_asked(leaf) for leaf in leaves(node)):
                yield self._part(node, [node])

    def _part(self, node: Mapping[str, Any], below: list[Mapping[str, Any]]) -> Page:
        found = [pair for child in below for pair in weighed(child)]
        most = (node.get("missing") or {}).get("most_not_applicable") if isinstance(node.get("missing"), dict) else None
        most = node.get("most_not_applicable", most)
        about = said(node["about"]) if node.get("about") else None
        return self._page(node["code"], said(node.get("title") or node["code"]), about, found, most or 1.0)

    def _page(
        self, code: str, title: Text, about: Text | None, found: list[tuple[Mapping[str, Any], float]], most: float,
        *, in_tree: bool = True,
    ) -> Page:  # fmt: skip
        kept = [(leaf, weight) for leaf, weight in found if not self.short or leaf.get("core") or not in_tree]
        whole = sum(weight for _leaf, weight in kept) or 1.0
        criteria = tuple(self._criterion(leaf, weight / whole, in_tree) for leaf, weight in kept)
        return Page(code, title, about, criteria, most)

    def _criterion(self, leaf: Mapping[str, Any], share: float, in_tree: bool) -> Criterion:
        title = said(leaf.get("title") or leaf["code"])
        bounds = leaf.get("bounds")
        return Criterion(
            code=leaf["code"], title=title, ask=said(leaf["ask"]) if leaf.get("ask") else title,
            about=said(leaf["about"]) if leaf.get("about") else None,
            options=tuple(self._options(leaf, in_tree)), bounds=(bounds[0], bounds[1]) if bounds else None,
            evidence=leaf.get("evidence") or ("optional" if self.assessing.get("evidence") else "none"),
            core=bool(leaf.get("core")), share=share,
        )  # fmt: skip

    def _options(self, leaf: Mapping[str, Any], in_tree: bool) -> Iterator[Option]:
        answers = self._answers(leaf)
        anchors = {**wording_of(leaf, self.document), **anchors_of(leaf, list(answers))}
        kinds = set()
        for word, value in answers.items():
            kind = value if isinstance(value, str) else ""
            kinds.add(kind)
            text = said(anchors[word]) if word in anchors else in_words(word, kind)
            yield Option(word, text, None if kind else float(value), kind)
        if not answers:
            return
        for token, kind in (self.document.get("missing") or {}).items():
            offered = kind == "unknown" or (kind == "not-applicable" and in_tree)
            if offered and token and kind not in kinds:
                kinds.add(kind)
                yield Option(str(token), in_words(str(token), kind), None, kind)

    def _answers(self, leaf: Mapping[str, Any]) -> dict[str, Any]:
        named = leaf.get("answers") or {}
        found = (self.document.get("answers") or {}).get(named, {}) if isinstance(named, str) else named
        return {str(word): value for word, value in found.items()}


def is_leaf(node: Mapping[str, Any]) -> bool:
    return "code" in node and "children" not in node and "formula" not in node


def is_asked(leaf: Mapping[str, Any]) -> bool:
    return is_leaf(leaf) and leaf["code"] not in COMPUTED and bool(leaf.get("ask"))


def leaves(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for leaf, _weight in weighed(node):
        yield leaf


def weighed(node: Mapping[str, Any], weight: float = 1.0) -> Iterator[tuple[Mapping[str, Any], float]]:
    """Every leaf below a node, with its weight in the node."""
    if is_leaf(node):
        yield node, weight
        return
    children = node.get("children") or ()
    whole = sum(float(child.get("weight", 1)) for child in children) or 1.0
    for child in children:
        yield from weighed(child, weight * float(child.get("weight", 1)) / whole)


def anchors_of(leaf: Mapping[str, Any], words: list[str]) -> dict[str, Any]:
    """The text for each answer; a plain list follows the order of the answers."""
    anchors = leaf.get("anchors") or {}
    if isinstance(anchors, Mapping):
        return {str(word): text for word, text in anchors.items()}
    return dict(zip(words, anchors, strict=False))


def said(value: Any) -> Text:
    """A text of the document: a mapping of languages, or plain words."""
    if not isinstance(value, Mapping):
        return Text("en", str(value))
    known = {code: str(body) for code, body in value.items() if code in BY_CODE and body}
    first = "en" if "en" in known else next(iter(known), "en")
    others: dict[str, Any] = {code: (body, "human") for code, body in known.items() if code != first}
    return Text(first, known.get(first, ""), others)


def in_words(word: str, kind: str) -> Text:
    """What an answer without a text of its own is called."""
    known = {
        "not-applicable": _("Does not apply to us"),
        "unknown": _("We do not know"),
        "withheld": _("We do not say"),
        "yes": _("Yes"),
        "no": _("No"),
        "partly": _("Partly"),
        "not-yet": _("Not yet"),
    }
    found = known.get(kind) or known.get(word)
    return Text(get_language() or "en", found) if found else Text("en", word)
