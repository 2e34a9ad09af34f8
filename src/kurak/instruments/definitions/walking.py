"""The leaves and nodes of a document, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kurak.instruments.definitions.problems import Path


def items(document: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """(path, item) of every leaf and node: the tree, then `also`, then `inputs`; parents before children.

    >>> [path for path, _ in items({"tree": {"children": [{"code": "a"}]}, "inputs": [{"code": "b"}]})]
    [('tree',), ('tree', 'children', 0), ('inputs', 0)]
    """
    yield from _under(("tree",), document.get("tree"))
    for key in ("also", "inputs"):
        given = document.get(key)
        for place, each in enumerate(given if isinstance(given, list) else []):
            yield from _under((key, place), each)


def _under(path: Path, item: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if not isinstance(item, Mapping):
        return
    yield path, item
    children = item.get("children")
    for place, child in enumerate(children if isinstance(children, list) else []):
        yield from _under((*path, "children", place), child)
