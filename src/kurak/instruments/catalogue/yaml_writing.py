"""A document as YAML that is read back as the very same document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from kurak.instruments.definitions.yaml_text import written

LONGEST_IN_A_LINE = 100
LONGEST_WORD = 24  # of those that could be a number
LINE_BREAKS = set("\x85\u2028\u2029")
FIRST = str.split(
    "format code edition dated title kind units publisher about label checked sources notes data scale missing "
    "groups defaults over reference answers wording classes ranks tree also inputs uncertainty excluded assessing "
    "example verify"
)


class _Dumper(yaml.SafeDumper):
    """Without anchors, and with quotation marks wherever our reader would take a text for something else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    quoted = '"' if LINE_BREAKS & set(text) else "'" if _is_taken_for_something_else(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=quoted)


def _is_taken_for_something_else(text: str) -> bool:
    """Short words may be numbers or truth values to our reader; everything longer PyYAML knows by itself.

    >>> [_is_taken_for_something_else(each) for each in ("1e5", "true", "~", "water", "2019-01-01")]
    [True, True, True, False, False]
    """
    if len(text) > LONGEST_WORD or not all(letter.isalnum() or letter in "+-.~" for letter in text):
        return False
    return written(f"[{text}]").document != [text]


def _mapping(dumper: yaml.SafeDumper, given: Mapping[str, Any]) -> yaml.MappingNode:
    """What is short and flat stands in one line, as people write it."""
    flat = all(not isinstance(each, list | Mapping) for each in given.values())
    short = sum(len(str(key)) + len(str(each)) + 4 for key, each in given.items()) < LONGEST_IN_A_LINE
    return dumper.represent_mapping("tag:yaml.org,2002:map", given.items(), flow_style=flat and short)


def _list(dumper: yaml.SafeDumper, given: list[Any]) -> yaml.SequenceNode:
    flat = all(not isinstance(each, list | Mapping) for each in given)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", given, flow_style=flat)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)


def as_yaml(document: Mapping[str, Any]) -> str:
    """The document in the order in which people read it.

    >>> tree = {"code": "all", "children": [{"code": "a"}]}
    >>> print(as_yaml({"title": {"ru": "Вода"}, "tree": tree, "edition": "2026"}))
    edition: '2026'
    title: {ru: Вода}
    tree:
      code: all
      children:
      - {code: a}
    <BLANKLINE>
    """
    ordered = {key: document[key] for key in FIRST if key in document}
    ordered |= {key: each for key, each in document.items() if key not in ordered}
    return yaml.dump(ordered, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=LONGEST_IN_A_LINE + 20)


class _InOneLine(_Dumper):
    pass


_InOneLine.add_representer(
    dict, lambda dumper, given: dumper.represent_mapping("tag:yaml.org,2002:map", given.items(), flow_style=True)
)
_InOneLine.add_representer(
    list, lambda dumper, given: dumper.represent_sequence("tag:yaml.org,2002:seq", given, flow_style=True)
)


def in_one_line(value: Any) -> str:
    """A list or mapping as it may stand in one line of a file.

    >>> in_one_line({"by": "piecewise", "knots": [[72.6, 0], [13, 1]]})
    '{by: piecewise, knots: [[72.6, 0], [13, 1]]}'
    """
    return yaml.dump(value, Dumper=_InOneLine, allow_unicode=True, sort_keys=False, width=10**9).strip()
