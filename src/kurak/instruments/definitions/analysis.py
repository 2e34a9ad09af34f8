"""A definition: one dated file, read as a whole. What the engine finds wrong is shown with its line in the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path as File
from typing import Any

from django.utils.translation import gettext_lazy as _

from kurak.engines.composite import declaring
from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.problems import Undeclarable
from kurak.ground.errors import Missing
from kurak.instruments.definitions.flattening import given
from kurak.instruments.definitions.problems import Misdeclared, Path, Problem
from kurak.instruments.definitions.telling import told_problems
from kurak.instruments.definitions.walking import items
from kurak.instruments.definitions.yaml_text import LARGEST, Written, written

SHIPPED = File(__file__).parent  # the definitions that come with the platform


@dataclass(frozen=True, slots=True)
class Definition:
    """document: what people read, in plain values. declaration: what the engine computes. text: the file as it was
    written, empty for a document that came from elsewhere. lines: (line, column) of each path of the document."""

    document: Mapping[str, Any]
    declaration: Declaration
    text: str
    lines: Mapping[Path, tuple[int, int]]
    name: str = ""

    @property
    def code(self) -> str:
        return self.declaration.code

    @property
    def edition(self) -> str:
        return self.declaration.edition

    @property
    def items(self) -> dict[str, Mapping[str, Any]]:
        """What the document says of each leaf and node, by code."""
        return {str(item["code"]): item for _, item in items(self.document) if "code" in item}

    @property
    def sha256(self) -> str:
        """Of the whole document, words too, however it is laid out."""
        return sha256_of(self.document)


def sha256_of(document: Mapping[str, Any]) -> str:
    same = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(same.encode()).hexdigest()


def read(text: str, name: str = "") -> Definition:
    """A definition from its text. Raises Misdeclared with every problem and its line."""
    found = written(text, name)
    return _defined(found, text, name)


def from_document(document: Mapping[str, Any], name: str = "") -> Definition:
    """A definition from plain values, as a form or a database gives them. Problems have paths and no lines."""
    try:
        plain = json.dumps(document, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        problem = Problem((), "definition.plain", "the document has values that are no JSON", "Use texts and numbers")
        raise Misdeclared([problem], name) from None
    if len(plain) > 3 * LARGEST:  # \\u0436 is six letters for one
        problem = Problem((), "definition.too-large", "the document is larger than 1 MB", "Leave long texts out")
        raise Misdeclared([problem], name)
    return _defined(Written(json.loads(plain)), "", name)


def _defined(found: Written, text: str, name: str) -> Definition:
    document = found.document
    if not isinstance(document, dict):
        problem = Problem((), "definition.mapping", "this is no definition", "Begin with `format: 1`, `code: …`", 1, 1)
        raise Misdeclared([*found.problems, problem], name)
    problems = [*found.problems, *told_problems(document)]
    declaration = None
    try:
        declaration = declaring.declare(document)
    except Undeclarable as wrong:
        problems += [Problem(each.path, each.code, each.said, each.remedy) for each in wrong.problems]
    if problems or declaration is None:
        raise Misdeclared({_placed(each, found) for each in problems}, name)
    return Definition(document, declaration, text, found.lines, name)


def _placed(problem: Problem, found: Written) -> Problem:
    if problem.line or not found.lines:
        return problem
    line, column = found.at(problem.path)
    return Problem(problem.path, problem.code, problem.said, problem.remedy, line, column)


def computed_from(
    definition: Definition,
    columns: Mapping[str, str],
    wanted: Sequence[str] = (),
    ready: Iterable[str] = (),
    *,
    uncertain: bool = False,
) -> Declaration:
    """What computes the wanted codes (the overall score, where none is named) when some codes are given by columns:
    the scores of categories, where the answers below them are not published.

    ready: leaves whose column is normalised already. uncertain: keep what may be varied."""
    codes = list(wanted) or [definition.declaration.root]
    document = given(definition.document, columns, codes, ready)
    if uncertain:
        document |= {key: definition.document[key] for key in ("uncertainty", "excluded") if key in definition.document}
    return declaring.declare(document)


def shipped() -> list[tuple[str, str, File]]:
    """(code, edition, file) of every definition that comes with the platform, the newest edition of a code first."""
    found = [(each, *_identity(each)) for each in sorted(SHIPPED.glob("*.yaml"))]
    found.sort(key=lambda row: row[3], reverse=True)
    found.sort(key=lambda row: row[1])
    return [(code, edition, file) for file, code, edition, _ in found]


@lru_cache(maxsize=256)
def _identity(file: File) -> tuple[str, str, str]:
    """Code, edition and day, from the first lines alone: reading all of every file would take seconds."""
    found: dict[str, str] = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.partition(":")
            if key in ("code", "edition", "dated"):
                found[key] = value.split(" #")[0].strip().strip("'\"")
            if len(found) == 3:
                break
    return found.get("code", file.stem), found.get("edition", ""), found.get("dated", "")


def definition(code: str, edition: str | None = None) -> Definition:
    """A shipped definition; of the newest edition when none is named. `code` may be `code-edition` too."""
    every = shipped()
    for has, its, file in every:
        if has == code and edition in (None, its):
            return read_file(file)
    for has, its, file in every:
        if edition is None and f"{has}-{its}" == code:
            return read_file(file)
    known = ", ".join(f"{has}-{its}" for has, its, _ in every)
    wanted = code if edition is None else f"{code}-{edition}"
    said = _("There is no definition %(wanted)s. There are: %(known)s.") % {"wanted": wanted, "known": known}
    raise Missing("definitions.unknown", said, wanted=wanted, known=known)


@lru_cache(maxsize=64)
def read_file(file: File) -> Definition:
    """A definition from a file of the platform, kept once it was read."""
    return read(file.read_text(encoding="utf-8"), file.name)
