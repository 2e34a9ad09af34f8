"""Aggregation against the published figures of the ASEM index, level by level from the published normalised values."""

import numpy as np
import pytest

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.combining.doubt import doubt
from kurak.engines.composite.combining.kemeny import kemeny
from kurak.engines.composite.combining.pairwise import copeland, outranking
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
    f"{G}/full_copeland_all_levels": (FULL, COPELAND),
    f"{G}/full_amean_amean_copeland": (FULL, [*MEAN[:2], *COPELAND[:1]]),
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


def test_the_outranking_matrix_of_the_pillars_is_the_published_one():
    found = aggregated(FULL, MEAN)
    published = asem.matrix(G, "full_outranking_matrix_8pillars.csv")
    values = np.column_stack([found[pillar] for pillar in asem.PILLARS])
    asem.assert_close(outranking(values, np.ones(8)), published)
    assert (published == 1).sum() == float(asem.rows(G, "dominance_pairs.csv")[1]["n_dominant"])


def effective():
    return np.array([float(row["EffWeight"]) for row in asem.rows("i_weights", "effective_weights.csv")][:49])


def in_order_of_weights():
    names = [row["iCode"] for row in asem.rows("i_weights", "effective_weights.csv")][:49]
    return asem.matrix(*FULL, of=names)


def test_the_outranking_matrix_of_all_indicators_is_the_published_one():
    published = asem.matrix(G, "full_outranking_matrix_49ind.csv")
    asem.assert_close(outranking(in_order_of_weights(), effective()), published)


def test_copeland_over_all_indicators_is_the_published_one():
    published = asem.columns(G, "full_copeland_flat_49ind.csv")["copeland_effective_weights"]
    np.testing.assert_array_equal(copeland(in_order_of_weights(), effective()), published)


def test_a_split_of_49_equal_weights_into_two_halves_is_a_tie():
    """The peer's column `copeland_equal` is wrong for ten units, because 24.5/49 is not ½ in its arithmetic."""
    published = asem.columns(G, "full_copeland_flat_49ind.csv")
    found = copeland(in_order_of_weights(), np.full(49, 1 / 49))
    np.testing.assert_array_equal(found, published["copeland_equal_exact"])
    assert (found != published["copeland_equal"]).sum() == 10


N = "n_other_methods"


def other(column, values, name, **settings):
    """One method of family n over eight equal pillars against its published column."""
    file, column = column
    found = COMBINATIONS[name].run(values, np.ones(8), **settings)
    asem.assert_close(found, asem.columns(N, file)[column])


@pytest.mark.parametrize("sd", ["sample", "population"])
@pytest.mark.parametrize("penalty", ["minus", "plus"])
def test_mazziotta_pareto_is_the_published_one(penalty, sd):
    values = asem.matrix(N, "mpi_normalised_100_10.csv")
    other(("mpi.csv", f"mpi_{penalty}_{sd}_sd"), values, "mpi", penalty=penalty, sd=sd)


@pytest.mark.parametrize("penalty", ["minus", "plus"])
def test_adjusted_mazziotta_pareto_is_the_published_one(penalty):
    values = asem.matrix(N, "ampi_normalised.csv")
    other(("ampi.csv", f"ampi_{penalty}"), values, "ampi", penalty=penalty)


def test_the_other_methods_are_the_published_ones():
    values = asem.matrix(N, "input_8pillars.csv")
    other(("wroclaw.csv", "wroclaw"), values, "wroclaw")
    other(("owa_4.csv", "owa_best4_mean"), values, "owa", order=(1, 1, 1, 1, 0, 0, 0, 0))
    other(("owa_4.csv", "owa_worst4_mean"), values, "owa", order=(0, 0, 0, 0, 1, 1, 1, 1))
    other(("owa_4.csv", "owa_best4_mean"), values, "mean-of-best", k=4)
    other(("owa_4.csv", "owa_worst4_mean"), values, "mean-of-worst", k=4)


def test_the_benefit_of_the_doubt_is_the_published_one():
    other(("bod.csv", "bod"), asem.matrix(N, "input_8pillars.csv"), "benefit-of-the-doubt")


def test_the_benefit_of_the_doubt_with_bounded_shares_is_the_published_one():
    values = asem.matrix(N, "input_8pillars.csv")
    other(("bod.csv", "bod_shares_5_40"), values, "benefit-of-the-doubt", least=0.05, most=0.4)


def test_shares_of_the_benefit_of_the_doubt_are_the_published_ones_where_there_is_but_one_solution():
    found = doubt(asem.matrix(N, "input_8pillars.csv"), least=0.05, most=0.4)
    one = found.scores < 1 - 1e-9
    published = asem.matrix(N, "bod_shares_5_40_shares.csv")
    assert one.sum() > 40
    np.testing.assert_allclose(found.shares[one], published[one], atol=1e-9)


def test_dominance_agrees_with_the_order_of_most_votes():
    """Who is better in every pillar comes first in the Kemeny order of the published outranking matrix."""
    published = asem.matrix(G, "full_outranking_matrix_8pillars.csv")
    found = kemeny(published, most=60)
    place = np.argsort(found.order)
    assert found.exact
    assert all(place[i] < place[j] for i, j in np.argwhere(published == 1).tolist())
