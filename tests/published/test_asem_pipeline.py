"""The whole way from a declaration: ASEM as one document, held to the published scores of every stage and node."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.ranks import ranked
from tests.published import asem as golden

pytestmark = pytest.mark.published

MINMAX = {"by": "minmax", "to": [0, 100]}
POSITIVE = {"by": "minmax", "to": [1, 100]}
SIZED = {"denominators": True}
WINSORISE = {"by": "winsorise", "most": 5, "skew": 2, "kurtosis": 3.5, "then": "log-ct"}
REFERENCE = {
    "impute": {"by": "group-mean", "group": "EurAsia_group"},
    "treat": WINSORISE,
    "normalise": MINMAX,
}


def rows(name):
    return golden.rows(*name.split("/"))


@cache
def meta():
    return rows("inputs/iMeta.csv")


@cache
def data():
    return sorted(rows("inputs/iData.csv"), key=lambda row: row["uCode"])


def number(cell):
    return float(cell) if cell not in ("", "NA") else None


def tree(code, combine, missing, denominators):
    """The node of that code with all below it."""
    (row,) = [each for each in meta() if each["iCode"] == code]
    if row["Level"] == "1":
        leaf = {"code": code, "direction": "up" if row["Direction"] == "1" else "down", "weight": float(row["Weight"])}
        return {**leaf, "denominator": row["Denominator"]} if denominators and row["Denominator"] else leaf
    below = [each["iCode"] for each in meta() if each["Parent"] == code]
    place = int(row["Level"]) - 2
    return {
        "code": code,
        "weight": float(row["Weight"]),
        "combine": combine[place],
        "missing": missing[place],
        "children": [tree(each, combine, missing, denominators) for each in below],
    }


def asem(defaults, *, combine="mean", missing="available", denominators=False):
    combine = [combine] * 3 if isinstance(combine, str) else combine
    missing = missing if isinstance(missing, list) else [missing] * 3
    sizes = [
        {"code": row["iCode"], "normalise": "none", "treat": "none", "impute": "none"}
        for row in meta()
        if row["Type"] == "Denominator"
    ]
    document = {
        "format": 1, "code": "asem", "edition": "2018", "label": "exact", "groups": ["EurAsia_group"],
        "tree": tree("Index", combine, missing, denominators), "inputs": sizes, "defaults": defaults,
    }  # fmt: skip
    numbers = {each["iCode"] for each in meta() if each["Type"] in ("Indicator", "Denominator")}
    columns = {code: [number(row[code]) for row in data()] for code in data()[0] if code in numbers}
    columns["EurAsia_group"] = [row["EurAsia_group"] for row in data()]
    return score(declare(document), tabulate([row["uCode"] for row in data()], columns))


def held(result, name, *, values=None):
    """The published file and the result agree in every cell they share."""
    published = {row["uCode"]: row for row in rows(name)}
    for code in (each for each in next(iter(published.values())) if each in result.scores):
        found = values[code] if values is not None else result.scores[code]
        expected = [published[unit][code] for unit in result.table.units]
        expected = np.array([np.nan if cell in ("", "NaN") else float(cell) for cell in expected])
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12, err_msg=f"{name}: {code}")


def ranks_held(result, name):
    """The very ranks; where scores differ in the last bit only, the published ranks part them and ours tie."""
    published = {row["uCode"]: row for row in rows(name)}
    for code in (each for each in next(iter(published.values())) if each in result.declaration.nodes):
        expected = [number(published[unit][code]) for unit in result.table.units]
        found, scores = result.ranks(code), result.scores[code]
        alone = ranked(scores) == ranked(scores, ties="max")
        for place in np.flatnonzero(alone):
            assert found[place] == expected[place], f"{name}: {code}"
        assert [each is None for each in expected] == np.isnan(found).tolist()


def test_every_stage_of_the_reference_pipeline():
    result = asem(REFERENCE, denominators=True)
    ready, codes = result.prepared, list(result.declaration.leaves)
    stages = {
        "denominated": ready.raw,
        "imputed": ready.filled,
        "treated": ready.treated,
        "normalised": ready.normalised,
    }
    for name, matrix in stages.items():
        held(result, f"full/{name}.csv", values={**result.scores, **dict(zip(codes, matrix.T, strict=True))})
    held(result, "full/aggregated.csv")
    ranks_held(result, "full/ranks.csv")


@pytest.mark.parametrize(
    ("name", "defaults", "options"),
    [
        ("a_minmax_amean/amean", {"normalise": MINMAX}, {}),
        ("a_minmax_amean/amean_thresh_0.667", {"normalise": MINMAX}, {"missing": {"at_least": 2 / 3}}),
        ("a_minmax_amean/amean_thresh_0.9", {"normalise": MINMAX}, {"missing": {"at_least": 0.9}}),
        ("a_minmax_amean/amean_thresh_1", {"normalise": MINMAX}, {"missing": {"at_least": 1}}),
        ("a_minmax_amean/amean_thresh_1_then_0", {"normalise": MINMAX}, {"missing": ["strict", *["available"] * 2]}),
        ("b_minmax_gmean/gmean", {"normalise": POSITIVE}, {"combine": "geometric"}),
        ("b_minmax_gmean/amean_amean_gmean", {"normalise": POSITIVE}, {"combine": ["mean", "mean", "geometric"]}),
        ("b_minmax_gmean/full_gmean", {**REFERENCE, "normalise": POSITIVE}, {"combine": "geometric", **SIZED}),
        ("c_normalise/zscore_10_2_amean", {"normalise": {"by": "zscore", "mean": 10, "sd": 2}}, {}),
        ("c_normalise/rank_average_amean", {"normalise": {"by": "rank", "ties": "average", "digits": 17}}, {}),
        ("e_impute/mean_group_EurAsia_minmax_amean", {"impute": REFERENCE["impute"], "normalise": MINMAX}, {}),
        ("g_other_agg/full_hmean", {**REFERENCE, "normalise": POSITIVE}, {"combine": "harmonic", **SIZED}),
        ("g_other_agg/full_copeland_all_levels", REFERENCE, {"combine": "copeland", **SIZED}),
        ("g_other_agg/full_amean_amean_copeland", REFERENCE, {"combine": ["mean", "mean", "copeland"], **SIZED}),
    ],
)  # fmt: skip
def test_a_family_of_the_golden_set_from_its_declaration(name, defaults, options):
    result = asem(defaults, **options)
    held(result, f"{name}_scores.csv")
    ranks_held(result, f"{name}_ranks.csv")


def test_units_with_too_little_data_are_left_out_before_the_ends_are_found():
    result = asem({"screen": {"available": 0.9}, "normalise": MINMAX})
    published = {row["uCode"]: row for row in rows("f_denominate_screen/screened_minmax_amean_scores.csv")}
    for place, unit in enumerate(result.table.units):
        if unit in published:
            assert result.scores["Index"][place] == pytest.approx(float(published[unit]["Index"]), rel=1e-9)
        else:
            assert result.reason("Index", place) == "screened"
