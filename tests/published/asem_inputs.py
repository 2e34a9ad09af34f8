"""The input of the ASEM index by unit, and the arithmetic means its stages end in."""

from functools import cache

import numpy as np

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.normalising import NORMALISATIONS
from kurak.engines.composite.ranks import ranked
from tests.published import asem

AGGREGATES = (*asem.PILLARS, "Conn", "Sust", "Index")


@cache
def meta():
    return {row["iCode"]: row for row in asem.rows("inputs", "iMeta.csv") if row["Type"] == "Indicator"}


@cache
def inputs():
    """Rows of the input table, by unit in alphabetical order as all results are."""
    return sorted(asem.rows("inputs", "iData.csv"), key=lambda row: row["uCode"])


def units():
    return [row["uCode"] for row in inputs()]


def raw(code):
    return np.array([asem.number(row[code]) for row in inputs()])


def labels(column):
    return np.array([row[column] for row in inputs()])


def direction(code):
    return int(meta()[code]["Direction"])


def whole():
    """All raw indicators, (n, k), in the order of the metadata."""
    return np.column_stack([raw(code) for code in meta()])


def normalised(code, by, **settings):
    return NORMALISATIONS[by].run(raw(code), direction=direction(code), reference=None, **settings)


def aggregated(columns):
    """Every aggregate of normalised indicators, by weighted arithmetic mean level by level."""
    found, weight = dict(columns), asem.weights()
    for level in asem.tree():
        for parent, children in level.items():
            values = np.column_stack([found[child] for child in children])
            found[parent] = COMBINATIONS["mean"].run(values, np.array([weight[child] for child in children]))
    return found


def assert_aggregates(found, folder, case):
    """Scores to 1e-9 and the very ranks, but for units whose published scores differ in the last bit only: they tie."""
    scores, ranks = asem.columns(folder, f"{case}_scores.csv"), asem.columns(folder, f"{case}_ranks.csv")
    for code, published in scores.items():
        np.testing.assert_allclose(found[code], published, rtol=1e-9, atol=1e-12, err_msg=code)
        np.testing.assert_array_equal(ranked(found[code]), ranked(published), err_msg=code)
        alone = ranked(published) == ranked(published, ties="max")
        np.testing.assert_array_equal(ranked(found[code])[alone], ranks[code][alone], err_msg=code)
