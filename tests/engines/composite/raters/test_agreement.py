"""Agreement: against the published worked example, a slow version, a peer, and what must always hold."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.raters.agreement import LEVELS, alpha, kappa, raw_agreement
from kurak.engines.composite.raters.ratings import gather

_ = np.nan
KRIPPENDORFF = np.array(  # his reliability data of 2011: 4 observers, 12 units
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
codes = st.lists(st.lists(st.sampled_from([np.nan, 0, 1, 2, 3]), min_size=3, max_size=3), min_size=2, max_size=8).map(
    np.array
)


def told(table):
    """Ratings from a table of raters x cases."""
    rater, case = np.indices(table.shape)
    return gather(case.ravel(), rater.ravel(), table.ravel())


def slow_alpha(table, unlike):
    """Pair by pair, as the definition reads."""
    units = [[x for x in column if x == x] for column in table.T]
    units = [unit for unit in units if len(unit) > 1]
    everything = [x for unit in units for x in unit]
    within = sum(sum(unlike(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    among = sum(unlike(a, b) for a, b in itertools.permutations(everything, 2)) / (len(everything) - 1)
    return 1 - within / among if among else np.nan


@pytest.mark.parametrize(("level", "published"), list(zip(LEVELS, [0.743, 0.815, 0.849, 0.797], strict=True)))
def test_alpha_of_the_published_example(level, published):
    assert alpha(told(KRIPPENDORFF), level).value == pytest.approx(published, abs=5e-4)


@given(codes)
def test_alpha_is_that_of_counting_pairs(table):
    fast = alpha(told(table), "interval").value
    assert fast == pytest.approx(slow_alpha(table, lambda a, b: (a - b) ** 2), abs=1e-9, nan_ok=True)


@given(codes)
def test_the_order_of_raters_changes_nothing(table):
    assert alpha(told(table[:, ::-1])).value == pytest.approx(alpha(told(table)).value, abs=1e-12, nan_ok=True)


@given(codes, st.floats(0.1, 10), st.floats(-5, 5))
def test_interval_alpha_knows_no_unit(table, scale, shift):
    moved = alpha(told(table * scale + shift), "interval").value
    assert moved == pytest.approx(alpha(told(table), "interval").value, abs=1e-6, nan_ok=True)


def test_ordinal_alpha_knows_only_the_order():
    squeezed = np.where(KRIPPENDORFF == 5, 500, KRIPPENDORFF)
    assert alpha(told(squeezed)).value == alpha(told(KRIPPENDORFF)).value


def test_perfect_agreement_is_one():
    assert alpha(told(np.array([[1, 2, 3], [1, 2, 3]]))).value == 1


def test_without_variety_alpha_is_undefined_and_says_so():
    found = alpha(told(np.full((3, 4), 2.0)), draws=50)
    assert np.isnan(found.value)
    assert found.why == "all codes are equal"
    assert raw_agreement(told(np.full((3, 4), 2.0))).value == 1


def test_one_rater_agrees_with_nobody():
    found = alpha(told(np.array([[1, 2, 3]])))
    assert (found.cases, found.why) == (0, "no case has two raters")


def test_the_interval_of_alpha_holds_its_value_and_is_the_same_for_the_same_seed():
    first, second = (alpha(told(KRIPPENDORFF), "nominal", draws=1000, seed=7) for _ in range(2))
    assert first.low < first.value < first.high
    assert (first.low, first.high) == (second.low, second.high)


def test_the_interval_of_alpha_covers_the_truth_of_its_population():
    rng = np.random.default_rng(3)
    truth = alpha(told(simulated(rng, 20_000)), "interval").value
    found = [alpha(told(simulated(rng, 60)), "interval", draws=400, confidence=0.8, seed=i) for i in range(100)]
    assert 0.70 <= np.mean([each.low <= truth <= each.high for each in found]) <= 0.90


def simulated(rng, cases):
    return np.round(rng.normal(0, 1.5, cases) + rng.normal(0, 1, (3, cases)))


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
@pytest.mark.parametrize("seed", range(5))
def test_kappa_is_that_of_a_peer(weights, seed):
    one, other = np.random.default_rng(seed).integers(0, 4, (2, 40))
    expected = cohen_kappa_score(one, other, weights=weights, labels=[0, 1, 2, 3])
    assert kappa(one, other, weights or "none").value == pytest.approx(expected)


def test_kappa_looks_only_at_cases_that_both_rated():
    assert kappa([1, 2, np.nan, 3], [1, 2, 2, np.nan]).value == 1


def test_kappa_of_one_code_throughout_is_undefined():
    assert kappa([1, 1], [1, 1]).why == "all codes are equal"


def test_raw_agreement_is_the_share_of_pairs_that_agree():
    assert raw_agreement(told(np.array([[1, 1, 2], [1, 2, 2]]))).value == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: alpha(told(KRIPPENDORFF), "absolute"), "agreement.level"),
        (lambda: alpha(told(-KRIPPENDORFF), "ratio"), "agreement.ratio"),
        (lambda: kappa([1], [2], "cubic"), "agreement.weights"),
    ],
)
def test_what_can_not_be_computed_is_refused(call, code):
    with pytest.raises(Unusable) as refused:
        call()
    assert refused.value.problems[0].code == code
