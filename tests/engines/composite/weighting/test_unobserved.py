import numpy as np
import pytest

from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.weighting.unobserved import components, unobserved

NOISE = np.array([0.3, 0.6, 0.9, 1.2])


def sources(seed=0, n=600, missing=0.3):
    """(what units truly have, what four sources say of it, each on its own scale, with gaps)"""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=n)
    said = (truth[:, None] + rng.normal(size=(n, 4)) * NOISE) * [1, 10, 100, 2] + [0, 5, 50, 1]
    said[rng.random(said.shape) < missing] = np.nan
    return truth, said


def test_errors_and_scales_of_the_sources_are_found():
    found = components(sources(n=4000)[1])
    assert found.converged
    np.testing.assert_allclose(np.sqrt(found.variance), NOISE, rtol=0.15)
    np.testing.assert_allclose(found.beta, [1, 10, 100, 2], rtol=0.15)


def test_better_sources_weigh_more():
    weights = unobserved(sources()[1]).weights
    assert (np.diff(weights) < 0).all()


def test_intervals_hold_the_truth_as_often_as_they_say():
    truth, said = sources(seed=2, n=2000)
    found = components(said, confidence=0.9)
    assert np.mean((found.low <= truth) & (truth <= found.high)) == pytest.approx(0.9, abs=0.03)


def test_fewer_sources_make_wider_intervals():
    found = components(sources()[1])
    widths = [np.mean((found.high - found.low)[found.sources == count]) for count in range(5)]
    assert (np.diff(widths) < 0).all()


def test_a_unit_without_sources_stays_at_the_mean_with_the_widest_interval():
    _, said = sources()
    said[0] = np.nan
    found = components(said)
    assert (found.scores[0], found.error[0]) == (0.0, 1.0)


def test_the_score_is_the_weighted_mean_that_the_model_gives():
    _, said = sources(missing=0.0)
    found = components(said)
    z = (said - found.alpha) / found.beta
    expected = (z / found.variance).sum(axis=1) / (1 + (1 / found.variance).sum())
    np.testing.assert_allclose(found.scores, expected)


def test_a_source_that_points_the_other_way_has_no_weight():
    _, said = sources()
    said[:, 3] *= -1
    found = unobserved(said)
    assert found.weights[3] == 0
    assert "d" in found.said("abcd")[-1]


@pytest.mark.parametrize("spoil", [lambda x: x[:, :2], lambda x: np.where(np.arange(4) == 1, 3.0, x)])
def test_too_few_sources_and_empty_ones_are_refused(spoil):
    with pytest.raises(Unusable):
        components(spoil(sources()[1]))
