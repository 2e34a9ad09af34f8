"""What drives a ranking, and what each indicator is worth."""

import numpy as np
import pytest

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.varying import leave_out, screen, screening, sensitivity
from tests.engines.composite.documents import a_document, a_mean
from tests.engines.composite.varying.test_sobol import KNOWN, g_function
from tests.engines.composite.varying.trials import a_table, an_index


def test_indices_of_a_sum_are_the_shares_of_its_variance():
    two = [{"factor": "error", "of": [code], "sd": sd, "name": code} for code, sd in (("a", 1), ("b", 2))]
    declaration = declare(a_document({**a_mean("a", "b"), "combine": "sum"}, uncertainty=two))
    found = sensitivity(declaration, tabulate(["x", "y"], {"a": [3, 1], "b": [2, 5]}), n=2048)
    assert np.abs(found.score.first - np.array([[1], [4]]) / 5).max() < 0.08  # random errors, not evenly spread ones
    assert np.allclose(found.score.variance, 5, rtol=0.05)


def test_runs_and_factors_are_told_and_the_same_seed_gives_the_same_bits():
    declaration, table = an_index("weights", "combine", "treat"), a_table()
    one, other = (sensitivity(declaration, table, n=64, seed=2, threads=threads) for threads in (1, 3))
    assert one.runs == 64 * 5
    assert one.factors == ("weights", "combine", "treat")
    for kind in ("shift", "score", "rank"):
        for name in ("first", "total", "first_range", "total_range"):
            a, b = (getattr(getattr(found, kind), name) for found in (one, other))
            assert np.array_equal(a, b, equal_nan=True)
    assert not np.array_equal(sensitivity(declaration, table, n=64, seed=3).shift.total, one.shift.total)


def test_tied_factors_are_one_factor():
    rule = [{"normalise": "zscore", "combine": "geometric"}]
    found = sensitivity(an_index("normalise", "combine", "weights", excluded=rule), a_table(), n=64)
    assert found.factors == ("normalise × combine", "weights")
    assert len(found.excluded) == 1


def test_a_factor_that_changes_nothing_has_no_index_above_nought():
    same = {"factor": "combine", "among": ["mean", {"by": "power", "p": 1}]}
    found = sensitivity(an_index("weights", same), a_table(), n=128)
    assert found.score.total[1].max() < 1e-20
    assert found.score.first[0].min() > 0.9


def test_units_without_a_score_have_no_indices():
    table = tabulate(["x", "y", "z"], {"a": [1, 2, None], "b": [3, 1, None]})
    document = a_document(a_mean("a", "b"), uncertainty=[{"factor": "weights", "within": 0.5}])
    found = sensitivity(declare(document), table, n=32)
    assert np.isnan(found.score.total[:, 2]).all()
    assert np.isfinite(found.score.total[:, :2]).all()


def test_more_than_ten_factors_are_screened_and_the_screening_is_told():
    codes = [f"x{i}" for i in range(12)]
    factors = [
        {"factor": "error", "of": [code], "sd": 0.001 if i < 2 else 1, "name": code} for i, code in enumerate(codes)
    ]
    declaration = declare(a_document(a_mean(*codes), uncertainty=factors))
    table = tabulate(
        list("uvwyz"), {code: np.random.default_rng(i).normal(0, 1, 5).tolist() for i, code in enumerate(codes)}
    )
    found = sensitivity(declaration, table, n=16, each_unit=False)
    assert sorted(found.factors) == sorted(codes[2:])
    names, effects = found.screened
    assert names == tuple(codes)
    assert effects.mean[:2].max() < effects.mean[2:].min()


def test_screening_puts_the_factors_of_a_known_function_in_order():
    points, moved = screening.walks([1, 1, 1, 1], 200, seed=1)
    found = screening.effects(g_function(points.reshape(-1, 4)).reshape(200, 5), moved)
    assert (np.argsort(-found.mean) == np.argsort(-KNOWN[g_function][1])).all()


def test_screening_of_an_index_tells_every_factor():
    names, effects = screen(an_index("weights", "combine", "treat"), a_table(), walks=8)
    assert names == ("weights", "combine", "treat")
    assert effects.mean.shape == (3,)


def test_leaving_out_is_scoring_without():
    found = leave_out(an_index(), a_table())
    assert found.codes == ("p", "q", "a", "b", "c", "d", "e")
    tree = {"code": "r", "children": [
        {"code": "p", "weight": 2, "children": [{"code": "b", "weight": 2}, {"code": "c"}]},
        {"code": "q", "children": [{"code": "d", "direction": "down"}, {"code": "e", "denominator": "size"}]},
    ]}  # fmt: skip
    without = score(an_index(tree=tree), a_table())
    assert np.allclose(found.scores[2], without.scores["r"], rtol=1e-12)
    assert (found.ranks[2] == without.ranks()).all()


def test_what_a_formula_needs_can_not_be_left_out():
    tree = {**a_mean("a", "b"), "then": [{"cap": 5, "when": "a < 1"}]}
    found = leave_out(declare(a_document(tree)), a_table())
    assert found.codes == ("b",)
    assert found.bound == ("a",)


def test_the_only_child_can_not_be_left_out():
    assert leave_out(declare(a_document(a_mean("a"))), a_table()).bound == ("a",)


def test_the_largest_mover_is_named():
    table = tabulate(["x", "y", "z"], {"a": [1, 2, 3], "b": [9, 2, 1]})
    found = leave_out(declare(a_document(a_mean("a", "b"))), table, ["b"])
    assert found.units[found.mover[0]] == "x"


@pytest.mark.parametrize("n", [100, 3])
def test_rows_must_be_a_power_of_two(n):
    with pytest.raises(ValueError, match="power of two"):
        sensitivity(an_index("weights"), a_table(), n=n)


def test_threads_change_no_bit_of_the_indices():
    index, table = an_index("weights", "combine", "error"), a_table()
    one, other = (sensitivity(index, table, n=16, threads=threads) for threads in (1, 3))
    for found, expected in ((one.shift, other.shift), (one.score, other.score), (one.rank, other.rank)):
        np.testing.assert_array_equal(found.first, expected.first)
        np.testing.assert_array_equal(found.total_range, expected.total_range)
