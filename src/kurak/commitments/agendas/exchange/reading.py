"""A file that somebody sends, as the document of an agenda: YAML or JSON, rows (CSV, XLSX), an SDMX codelist. Either
all of it is right or everything that is wrong is told, with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from kurak.commitments.agendas.checking import Unfit, problems_of
from kurak.commitments.agendas.exchange.rows import Mapped, Sheet, commitments_of, lacking, renamed, tree_of
from kurak.ground.errors import Refused
from kurak.ground.languages.declared import BY_CODE
from kurak.instruments.catalogue.workbooks.opening import opened
from kurak.instruments.definitions.problems import Misdeclared, Problem
from kurak.instruments.definitions.yaml_text import written

LARGEST = 5_000_000  # bytes
MOST_ROWS = 20_000
XML = "{http://www.w3.org/XML/1998/namespace}lang"
type Document = dict[str, Any]


def read(
    content: bytes,
    head: Mapping[str, Any],
    *,
    name: str = "",
    columns: Mapping[str, str] | None = None,
    group: str = "",
    language: str = "en",
    codelist: str = "",
) -> Document:
    """The document of a file. head: what a table does not say itself (code, kind, title, level, place, ...); of a
    YAML or JSON file: what takes the place of its own. columns: {ours: theirs}. codelist: which, where an SDMX
    structure has several. Raises Unfit with everything that is wrong."""
    _of_a_size(content)
    if is_workbook(content):
        return _checked(_tree(sheet_of_workbook(content), head, columns or {}, group, language), head)
    text = decoded(content)
    if text.lstrip("\ufeff \n\r\t").startswith("<"):
        return _checked(_tree(codelist_of(text, codelist), head, {}, group, language), head)
    if looks_like_rows(text, name):
        return _checked(_tree(sheet_of_csv(text), head, columns or {}, group, language), head)
    return _of_text(text, head)


def read_commitments(content: bytes, *, columns: Mapping[str, str] | None = None, language: str = "en") -> Mapped:
    """Commitments of a CSV or XLSX file."""
    _of_a_size(content)
    sheet = sheet_of_workbook(content) if is_workbook(content) else sheet_of_csv(decoded(content))
    if problems := lacking(sheet, columns or {}, ("code", "title")):
        raise Unfit(problems)
    return commitments_of(renamed(sheet, columns or {}), language=language)


def _of_a_size(content: bytes) -> None:
    if len(content) > LARGEST:
        raise Refused("agenda.large", _("The file is larger than five megabytes. Send it in parts."))


def is_workbook(content: bytes) -> bool:
    return content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise Refused(
            "agenda.encoding",
            _("Line %(line)d is not text in UTF-8. Save the file as UTF-8.") % {"line": line},
            line=line,
        ) from problem
    if "\x00" in text:
        raise Refused("agenda.encoding", _("This is not a text file in UTF-8. Save it as UTF-8."))
    return text


def looks_like_rows(text: str, name: str) -> bool:
    """By its name; without one, by a first line of words with separators between them."""
    if name.lower().endswith((".yaml", ".yml", ".json")):
        return False
    first = text.lstrip().partition("\n")[0]
    return name.lower().endswith((".csv", ".tsv")) or bool(re.fullmatch(r"[\w \"]+([,;\t][\w \"]*)+\r?", first))


def sheet_of_csv(text: str) -> Sheet:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        begins = 1
        for row in reader:
            rows.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as problem:
        told = Problem((), "csv", _("the row cannot be read"), _("Look at its quotation marks"), line=reader.line_num)
        raise Unfit([told]) from problem
    return _sheet(rows)


def sheet_of_workbook(content: bytes) -> Sheet:
    """The first sheet."""
    sheets = list(opened(content).rows.values())
    rows = sheets[0] if sheets else []
    return _sheet([(line, [_cell(each) for each in row]) for line, row in enumerate(rows, start=1)])


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)


def _sheet(rows: list[tuple[int, list[str]]]) -> Sheet:
    filled = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise Unfit(
            [Problem((), "empty", _("the file is empty"), _("Write a first row with the names of columns"), line=1)]
        )
    (line, header), body = filled[0], filled[1:]
    names = [name.strip() for name in header]
    problems = [
        Problem(
            (), "column", _("the column “%(name)s” is there twice") % {"name": name}, _("Rename one of them"), line=line
        )
        for name in sorted({name for name in names if name and names.count(name) > 1})
    ]
    problems += [
        Problem((), "cells", _("the row has more cells than there are columns"),
                _("Put what has a separator in it into quotation marks"), line=at)
        for at, row in body if any(cell.strip() for cell in row[len(names) :])
    ]  # fmt: skip
    if len(body) > MOST_ROWS:
        problems.append(
            Problem((), "too-many", _("there are more than 20,000 rows"), _("Divide the file"), line=MOST_ROWS)
        )
    if problems:
        raise Unfit(problems)
    return Sheet(tuple(names), tuple((at, dict(zip(names, row, strict=False))) for at, row in body))


def codelist_of(text: str, wanted: str = "") -> Sheet:
    """The codes of an SDMX structure message (2.0 or 2.1) as rows: code, parent, title and text in each language."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(
            "agenda.xml", _("This XML declares entities, which are not read. Send the plain structure message.")
        )
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - declared entities were refused above
    except ElementTree.ParseError as problem:
        told = Problem(
            (), "xml", _("this is not XML"), _("Send the structure message as it came"), line=problem.position[0]
        )
        raise Unfit([told]) from problem
    lists = [each for each in root.iter() if _tag(each) in ("Codelist", "CodeList")]
    chosen = [each for each in lists if not wanted or each.get("id") == wanted]
    if len(chosen) != 1:
        known = ", ".join(str(each.get("id")) for each in lists) or _("none")
        raise Refused(
            "agenda.codelist",
            _("Say which codelist is the agenda. There are: %(known)s.") % {"known": known},
            known=known,
        )
    rows = [_code(each) for each in chosen[0].iter() if _tag(each) == "Code"]
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return Sheet(columns, tuple(enumerate(rows, start=1)))


def _code(element: ElementTree.Element) -> dict[str, str]:
    row = {"code": element.get("id") or element.get("value") or "", "parent": element.get("parentCode") or ""}
    for each in element.iter():
        if _tag(each) == "Parent" and (reference := next(iter(each), None)) is not None:
            row["parent"] = reference.get("id") or (reference.text or "").strip()
    for each in element:
        language = (each.get(XML) or "en")[:2]
        if _tag(each) in ("Name", "Description") and language in BY_CODE and (each.text or "").strip():
            plain = _tag(each) == "Name" or element.get("value") is not None  # 2.0 has descriptions only
            row.setdefault(f"{'title' if plain else 'text'}_{language}", (each.text or "").strip())
    for code in BY_CODE:  # a description that only says the name again says nothing
        if row.get(f"text_{code}") == row.get(f"title_{code}"):
            row.pop(f"text_{code}", None)
    return row


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _tree(sheet: Sheet, head: Mapping[str, Any], columns: Mapping[str, str], group: str, language: str) -> Mapped:
    asked = dict(columns)
    problems = lacking(sheet, asked, ("code", "title"))
    if group and group not in sheet.columns:
        problems += lacking(sheet, {"group": group}, ())
    if problems:
        raise Unfit(problems)
    named = next((ours for ours, theirs in asked.items() if theirs == group), group)
    return tree_of(renamed(sheet, asked), str(head["kind"]), language=language, group=named)


def _checked(mapped: Mapped, head: Mapping[str, Any]) -> Document:
    document = {**head, **mapped.document}
    problems = mapped.problems or mapped.located(problems_of(document))
    if problems:
        raise Unfit(sorted(problems, key=lambda each: each.line))
    return document


def _of_text(text: str, head: Mapping[str, Any]) -> Document:
    try:
        found = written(text)
    except Misdeclared as wrong:
        raise Unfit(list(wrong.problems)) from wrong
    if found.problems:
        raise Unfit(list(found.problems))
    document = {**found.document, **head} if isinstance(found.document, dict) else found.document
    if problems := problems_of(document):
        raise Unfit([replace(each, line=found.at(each.path)[0], column=found.at(each.path)[1]) for each in problems])
    return document
