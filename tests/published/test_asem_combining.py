"""Aggregation against the published figures of the ASEM index, level by level from the published normalised values."""

import numpy as np
import pytest

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.ranks import ranked
from tests.published import asem

pytestmark = pytest.mark.published

A, B, G = "a_minmax_amean", "b_minmax_gmean", "g_other_agg"
RAW, RAW_1_100, FULL_1_100 = (A, "normalised.csv"), (B, "normalised_1_100.csv"), (B, "full_normalised_1_100.csv")
FULL, UNEQUAL = ("full", "normalised.csv"), (A, "weights_unequal.csv")
MEAN, GEOMETRIC, COPELAND = [("mean", {})] * 3, [("geometric", {})] * 3, [("copeland", {})] * 3


def power(p):
    return [("power", {"p": p})] * 3


def aggregated(normalised, how, thresholds=(0, 0, 0), weights=()):
    """Every aggregate by its code; thresholds: least share of children present, from the lowest level up."""
    found, weight = dict(asem.columns(*normalised)), asem.weights(*weights)
    for level, (name, settings), least in zip(asem.tree(), how, thresholds, strict=True):
        for parent, children in level.items():
            values = np.column_stack([found[child] for child in children])
            score = COMBINATIONS[name].run(values, np.array([weight[child] for child in children]), **settings)
            found[parent] = np.where(np.mean(~np.isnan(values), axis=1) < least, np.nan, score)
    return found


CASES = {
    f"{A}/amean": (RAW, MEAN),
    f"{A}/amean_thresh_0.667": (RAW, MEAN, (2 / 3,) * 3),
    f"{A}/amean_thresh_0.9": (RAW, MEAN, (0.9,) * 3),
    f"{A}/amean_thresh_1": (RAW, MEAN, (1,) * 3),
    f"{A}/amean_thresh_1_then_0": (RAW, MEAN, (1, 0, 0)),
    f"{A}/amean_unequal": (RAW, MEAN, (0, 0, 0), UNEQUAL),
    f"{B}/gmean": (RAW_1_100, GEOMETRIC),
    f"{B}/gmean_unequal": (RAW_1_100, GEOMETRIC, (0, 0, 0), UNEQUAL),
    f"{B}/amean_amean_gmean": (RAW_1_100, [*MEAN[:2], *GEOMETRIC[:1]]),
    f"{B}/full_gmean": (FULL_1_100, GEOMETRIC),
    f"{G}/hmean": (RAW_1_100, [("harmonic", {})] * 3),
    f"{G}/full_hmean": (FULL_1_100, [("harmonic", {})] * 3),
    f"{G}/full_genmean_p-1": (FULL_1_100, power(-1)),
    f"{G}/full_genmean_p0.5": (FULL_1_100, power(0.5)),
    f"{G}/full_genmean_p2": (FULL_1_100, power(2)),
    f"{G}/full_genmean_p3": (FULL_1_100, power(3)),
}
every_case = pytest.mark.parametrize("case", CASES)


@every_case
def test_every_score_is_the_published_one(case):
    found, published = aggregated(*CASES[case]), asem.columns(f"{case}_scores.csv")
    for code, scores in published.items():
        asem.assert_close(found[code], scores)


@every_case
def test_every_rank_is_the_published_one(case):
    found, published = aggregated(*CASES[case]), asem.columns(f"{case}_ranks.csv")
    for code, ranks in published.items():
        np.testing.assert_array_equal(ranked(found[code]), ranks)


def test_the_summary_lists_the_index_best_first():
    found, published = aggregated(RAW, MEAN)["Index"], asem.rows(A, "results_summary.csv")
    place = {unit: i for i, unit in enumerate(asem.units(*RAW))}
    order = [place[row["uCode"]] for row in published]
    asem.assert_close(found[order], [float(row["Index"]) for row in published])
    assert ranked(found)[order].tolist() == [float(row["Rank"]) for row in published]


def test_the_whole_reference_pipeline_ends_in_the_published_index():
    found, published = aggregated(FULL, MEAN), asem.columns("full", "aggregated.csv")
    for code in [parent for level in asem.tree() for parent in level]:
        asem.assert_close(found[code], published[code])
        np.testing.assert_array_equal(ranked(found[code]), asem.columns("full", "ranks.csv")[code])
