"""Small documents for tests."""

from typing import Any


def a_document(tree: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"format": 1, "code": "trial", "edition": "1", "label": "exact", "tree": tree, **more}


def a_mean(*children: Any, **more: Any) -> dict[str, Any]:
    """A root that takes the mean; children are codes, or mappings."""
    return {"code": "all", "children": [{"code": each} if isinstance(each, str) else each for each in children], **more}
