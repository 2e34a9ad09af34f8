"""Reads the published figures of the ASEM index (51 economies, 49 indicators), which lie beside the project."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

DATA = Path(__file__).parents[2] / "../shared/data/index/asem"


NUMBERS = ("NA", "NaN", "Inf", "-Inf")  # that begin with a letter


def rows(*path):
    file = DATA.joinpath(*path)
    if not file.exists():
        pytest.skip(f"published figures of the ASEM index are not here: {'/'.join(path)}")
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def number(cell):
    return float(cell) if cell not in ("", "NA") else np.nan


def words(name, found):
    return any(row[name].strip("-+")[:1].isalpha() and row[name] not in NUMBERS for row in found)


@cache
def columns(*path):
    """{name: column of numbers}; columns of words are left out."""
    found = rows(*path)
    return {name: np.array([number(row[name]) for row in found]) for name in found[0] if not words(name, found)}


@cache
def units(*path):
    return tuple(next(iter(row.values())) for row in rows(*path))


def matrix(*path, of=None):
    found = columns(*path)
    return np.column_stack([found[name] for name in (of or found)])


@cache
def tree():
    """Levels from the lowest up: [{parent: its children}]."""
    lineage = rows("inputs", "lineage.csv")
    steps = [("Indicator", "Pillar"), ("Pillar", "Sub-index"), ("Sub-index", "Index")]
    levels = [{} for _ in steps]
    for level, (child, parent) in zip(levels, steps, strict=True):
        for row in lineage:
            level.setdefault(row[parent], {})[row[child]] = None
    return tuple({parent: tuple(children) for parent, children in level.items()} for level in levels)


def weights(*path):
    """{code: weight}; 1 for all where no file is named."""
    if not path:
        return {code: 1.0 for level in tree() for children in level.values() for code in children}
    return {row["iCode"]: float(row["Weight"]) for row in rows(*path)}


PILLARS = ("Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin")


def assert_close(found, published, relative=1e-9):
    __tracebackhide__ = True
    np.testing.assert_allclose(found, published, rtol=relative, atol=relative * np.nanmax(np.abs(published)) * 1e-3)
