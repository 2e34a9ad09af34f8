"""A document as rows of sheets: {sheet: [{column: value}]}. What is written here, `reading` puts together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kurak.instruments.catalogue.texts import is_text
from kurak.instruments.catalogue.tree import places
from kurak.instruments.catalogue.workbooks import layout
from kurak.instruments.catalogue.workbooks.cells import encoded
from kurak.instruments.catalogue.workbooks.layout import BY_NAME, MORE, Sheet

type Row = dict[str, Any]

ELSEWHERE = frozenset(("tree", "also", "inputs"))


def rows_of(document: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Every sheet that the document needs something from, in the order of the layout."""
    return {
        layout.INSTRUMENT: list(_instrument(document)),
        layout.CRITERIA: list(_criteria(document)),
        layout.ANSWERS: [*_scales(document), *_own_answers(document)],
        layout.CLASSES: list(_classes(document)),
        layout.SOURCES: list(_items(document, "sources", BY_NAME[layout.SOURCES])),
        layout.NOTES: list(_items(document, "notes", BY_NAME[layout.NOTES])),
    }


def _instrument(document: Mapping[str, Any]) -> Iterator[Row]:
    for key, value in document.items():
        if key == "wording" and is_in_rows(document):
            continue
        if key in ELSEWHERE or (key in ("answers", "classes", "sources", "notes") and has_rows(key, value)):
            continue
        if key in layout.FLAT and isinstance(value, Mapping) and value:
            for name, each in value.items():
                yield from _keyed(f"{key}.{name}", each)
        else:
            yield from _keyed(str(key), value)


def has_rows(key: str, value: Any) -> bool:
    """Whether a part of the document is of the shape that its own sheet can hold."""
    if key in ("sources", "notes"):
        return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)
    inside = value.values() if isinstance(value, Mapping) else []
    return bool(inside) and all(isinstance(each, Mapping) and each for each in inside)


def is_in_rows(document: Mapping[str, Any]) -> bool:
    """Whether what answers are called can stand beside them: nothing but texts, of answers that are there."""
    told, scales = document.get("wording"), document.get("answers")
    if not isinstance(told, Mapping) or not isinstance(scales, Mapping) or not told or not has_rows("answers", scales):
        return False
    return all(
        isinstance(texts_, Mapping) and bool(texts_) and name in scales and set(texts_) <= set(scales[name])
        and all(is_text(each) or is_plain(each) for each in texts_.values())
        for name, texts_ in told.items()
    )  # fmt: skip


def _keyed(key: str, value: Any) -> Iterator[Row]:
    if key in layout.TOP_TEXTS and is_text(value):
        yield {"key": key, **{str(code): body for code, body in value.items()}}
        return
    cell = encoded(value)
    text = cell if isinstance(cell, str) else ""
    yield {"key": key, "value": text[: layout.LONGEST_CELL] if text else cell}
    for start in range(layout.LONGEST_CELL, len(text), layout.LONGEST_CELL):
        yield {"key": f"{key} {layout.CONTINUED}", "value": text[start : start + layout.LONGEST_CELL]}


def _criteria(document: Mapping[str, Any]) -> Iterator[Row]:
    sheet = BY_NAME[layout.CRITERIA]
    for place in places(document):
        own = dict(place.given)
        own.pop("anchors", None)
        if isinstance(own.get("answers"), Mapping) and own["answers"]:
            own.pop("answers")
        if own.get("children"):
            own.pop("children")
        row: Row = {"among": place.among} if place.parent is None else {"among": place.among, "parent": place.parent}
        yield row | cells_of(own, sheet)


def _scales(document: Mapping[str, Any]) -> Iterator[Row]:
    scales = document.get("answers") or {}
    if has_rows("answers", scales):
        for name, scale in scales.items():
            told = document["wording"].get(name, {}) if is_in_rows(document) else {}
            for word, counts in scale.items():
                row: Row = {"scale": name, "answer": word, "counts": encoded(counts)}
                yield row | (texts("text", told[word]) if word in told else {})


def _own_answers(document: Mapping[str, Any]) -> Iterator[Row]:
    """Answers that belong to one criterion only, and what an answer means for it."""
    for place in places(document):
        own, anchors = place.given.get("answers"), place.given.get("anchors") or {}
        counts = own if isinstance(own, Mapping) else {}
        for word in [*counts, *(each for each in anchors if each not in counts)]:
            row: Row = {"criterion": place.code, "answer": word}
            if word in counts:
                row["counts"] = encoded(counts[word])
            if word in anchors:
                row |= texts("text", anchors[word])
            yield row


def _classes(document: Mapping[str, Any]) -> Iterator[Row]:
    sheet = BY_NAME[layout.CLASSES]
    schemes = document.get("classes") or {}
    for name, scheme in schemes.items() if has_rows("classes", schemes) else ():
        whole = {key: each for key, each in scheme.items() if key != "of"}
        if whole or not scheme.get("of"):
            yield {"scheme": name} | cells_of(whole, sheet)
        for each in scheme.get("of") or []:
            yield {"scheme": name} | cells_of(each, sheet)


def _items(document: Mapping[str, Any], key: str, sheet: Sheet) -> Iterator[Row]:
    if has_rows(key, document.get(key)):
        yield from (cells_of(each, sheet) for each in document[key])


def cells_of(given: Mapping[str, Any], sheet: Sheet) -> Row:
    """Each key in its column, texts in those of their languages, the rest in the last one."""
    row: Row = {}
    rest: dict[str, Any] = {}
    for key, value in given.items():
        if key in sheet.texts and (is_text(value) or is_plain(value)):
            row |= texts(key, value)
        elif key in sheet.columns and key in sheet.names and is_plain(value):
            row[key] = value
        elif key in sheet.columns and key not in (MORE, *sheet.names, "among", "parent", "scheme"):
            row[key] = encoded(value)
        else:
            rest[key] = value
    return row | ({MORE: encoded(rest)} if rest else {})


def is_plain(value: Any) -> bool:
    """Whether a cell can hold the text as it is."""
    return isinstance(value, str) and bool(value.strip())


def texts(key: str, value: Any) -> Row:
    if isinstance(value, Mapping):
        return {f"{key} {code}": body for code, body in value.items()}
    return {key: value}
