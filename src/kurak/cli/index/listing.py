"""What there is, and how one of them is computed, for reading in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kurak.cli.index.finding import told
from kurak.instruments.definitions.analysis import Definition, read_file, shipped
from kurak.instruments.definitions.layouts import layouts


def listed(*, as_json: bool) -> str:
    rows = []
    for code, edition, file in shipped():
        found = read_file(file)
        document = found.document
        rows.append(
            {
                "id": f"{code}-{edition}", "code": code, "edition": edition, "dated": str(document["dated"]),
                "kind": document["kind"], "units": document["units"], "label": found.declaration.label,
                "checked": document.get("checked", ""), "title": told(document["title"]),
                "leaves": len(found.declaration.leaves), "nodes": len(found.declaration.nodes),
                "layouts": [each.name for each in layouts(document)],
            }
        )  # fmt: skip
    if as_json:
        return json.dumps(rows, ensure_ascii=False, indent=1)
    width = max((len(str(row["id"])) for row in rows), default=2)
    head = f"{'id':<{width}}  {'kind':<15}  {'label':<11}  {'checked':<10}  title"
    lines = [
        f"{row['id']:<{width}}  {row['kind']:<15}  {row['label']:<11}  {row['checked'] or '-':<10}  {row['title']}"
        for row in rows
    ]
    return "\n".join([head, *lines])


def shown(definition: Definition, language: str, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(definition.document, ensure_ascii=False, indent=1)
    return "\n".join(_shown(definition, language))


def _shown(definition: Definition, language: str) -> Iterator[str]:
    document, declaration = definition.document, definition.declaration
    yield f"{told(document['title'], language)}: {definition.code}, edition {definition.edition}"
    yield f"holds from {document['dated']}; {declaration.label}; checked: {document.get('checked', 'not stated')}"
    yield ""
    yield told(document.get("about"), language)
    yield ""
    yield from _item(document["tree"], 0, language)
    for title, key in (("Also computed", "also"), ("Further inputs", "inputs")):
        if document.get(key):
            yield f"\n{title}:"
            for each in document[key]:
                yield from _item(each, 1, language)
    for name, scheme in (document.get("classes") or {}).items():
        yield f"\nClasses {name}, from the lowest:{' (from memory)' if scheme.get('checked') == 'recalled' else ''}"
        yield from (f"  {_cut(each):<14} {each['code']}: {told(each.get('title'), language)}" for each in scheme["of"])
    for note in document.get("notes") or []:
        yield f"\nNote ({note.get('checked', 'not checked')}): {told(note['text'], language)}"
    yield "\nSources:"
    for source in document["sources"]:
        yield f"  {source['code']}: {told(source['title'], language)} {source.get('url', '')}".rstrip()
    yield f"\nchecksum of what is computed: {declaration.checksum}"


def _item(item: Mapping[str, Any], depth: int, language: str) -> Iterator[str]:
    code = item.get("code") or f"-> {item.get('use')}"
    how = f" = {item['formula']}" if "formula" in item else f" [{_by(item.get('combine', 'mean'))}]"
    weight = f" x {item['weight']:g}" if "weight" in item else ""
    leaf = "" if "children" in item or "formula" in item else _leaf(item)
    memory = " (from memory)" if item.get("checked") == "recalled" else ""
    said = f"{told(item.get('title'), language)}{leaf or ('' if 'use' in item else how)}".rstrip()
    yield f"{'  ' * depth}{code}{weight}: {said}{memory}"
    for child in item.get("children") or []:
        yield from _item(child, depth + 1, language)
    for each in item.get("then") or []:
        said = ", ".join(f"{key} {value}" for key, value in each.items() if key not in ("code", "title", "about"))
        yield f"{'  ' * (depth + 1)}then {said}"


def _leaf(item: Mapping[str, Any]) -> str:
    parts = []
    if item.get("direction") == "down":
        parts.append("less is better")
    if "normalise" in item:
        given = item["normalise"]
        settings = "" if isinstance(given, str) else ", ".join(f"{k} {v}" for k, v in given.items() if k != "by")
        parts.append(f"{_by(given)} {settings}".strip())
    return f" ({'; '.join(parts)})" if parts else " "


def _by(choice: Any) -> str:
    return str(choice["by"]) if isinstance(choice, Mapping) else str(choice)


def _cut(each: Mapping[str, Any]) -> str:
    for key in ("from", "above", "when"):
        if key in each:
            return f"{key} {each[key]}"
    return "below"
