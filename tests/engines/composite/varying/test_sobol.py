"""Sobol indices against functions whose indices are known."""

import numpy as np
import pytest

from kurak.engines.composite.varying import sobol

N = 4096


def linear(u):
    return u @ np.array([1.0, 2.0, 3.0])


def ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g_function(u):
    a = np.array([0.0, 1.0, 4.5, 9.0])
    return np.prod((np.abs(4 * u - 2) + a) / (1 + a), axis=1)


def of_g_function():
    each = 1 / (3 * (1 + np.array([0.0, 1.0, 4.5, 9.0])) ** 2)
    whole = np.prod(1 + each)
    return each / (whole - 1), each * whole / (1 + each) / (whole - 1)


KNOWN = {
    linear: (np.array([1, 4, 9]) / 14, np.array([1, 4, 9]) / 14),
    ishigami: (np.array([0.31390519, 0.44241114, 0]), np.array([0.55758886, 0.44241114, 0.24368366])),
    g_function: of_g_function(),
}


def runs(function, n=N, seed=0):
    width = len(KNOWN[function][0])
    a, b = sobol.points(width, n, seed)
    return function(a), function(b), np.stack([function(each) for each in sobol.swapped(a, b, [1] * width)])


@pytest.mark.parametrize("function", KNOWN)
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("centred", [False, True])
def test_indices_of_known_functions_within_a_hundredth(function, seed, centred):
    found = sobol.indices(*runs(function, seed=seed), centred=centred)
    first, total = KNOWN[function]
    assert np.abs(found.first - first).max() < 0.01
    assert np.abs(found.total - total).max() < 0.01


def test_centring_takes_the_noise_of_a_large_mean_away():
    a, b, ab = runs(ishigami, 256)
    plain, far = (sobol.indices(a + up, b + up, ab + up, centred=True).first for up in (0.0, 1000.0))
    assert np.allclose(plain, far, atol=1e-9)
    assert np.abs(sobol.indices(a + 1000, b + 1000, ab + 1000).first - plain).max() > 0.1


def test_negative_estimates_stay_negative():
    found = sobol.indices(*runs(ishigami, 64, seed=3))
    assert found.first.min() < 0


def test_what_does_not_vary_has_no_indices():
    still = np.full((8, 2), 0.1)
    moving = still.copy()
    moving[:4, 1] = 5
    found = sobol.with_ranges(moving, still, np.stack([moving, still]), repeats=20)
    assert np.isnan(found.first[:, 0]).all()
    assert np.isnan(found.total_range[:, :, 0]).all()
    assert np.isfinite(found.total[:, 1]).all()


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    held = []
    for seed in range(40):
        rng = np.random.default_rng(seed)  # plain random rows: the bootstrap knows nothing of even spreading
        a, b = rng.random((256, 3)), rng.random((256, 3))
        y = linear(a), linear(b), np.stack([linear(each) for each in sobol.swapped(a, b, [1, 1, 1])])
        low, high = sobol.with_ranges(*y, repeats=200, seed=seed).total_range
        held.append((low <= KNOWN[linear][1]) & (KNOWN[linear][1] <= high))
    assert 0.8 < np.mean(held) < 0.98


def test_intervals_agree_with_a_slow_bootstrap():
    a, b, ab = runs(ishigami, 64)
    low, high = sobol.with_ranges(a, b, ab, repeats=100, seed=5).first_range
    rng = np.random.Generator(np.random.Philox(key=5))
    rows = [rng.integers(0, 64, 64) for _ in range(100)]
    centre = np.concatenate([a, b]).mean()
    again = [
        np.mean((b[r] - centre) * (ab[:, r] - a[r]), axis=1) / np.concatenate([a[r], b[r]]).var(ddof=1) for r in rows
    ]
    assert np.allclose(np.quantile(again, [0.05, 0.95], axis=0), [low, high], atol=1e-9)


def test_outcomes_side_by_side_are_those_of_each_alone():
    a, b, ab = runs(linear, 128)
    many = sobol.with_ranges(np.stack([a, a**2], 1), np.stack([b, b**2], 1), np.stack([ab, ab**2], 2), repeats=30)
    alone = sobol.with_ranges(a**2, b**2, ab**2, repeats=30)
    assert np.allclose(many.first_range[:, :, 1], alone.first_range, atol=1e-9)


@pytest.mark.parametrize("rows", [0, 1, 100, 4095])
def test_rows_that_are_no_power_of_two_are_refused(rows):
    with pytest.raises(ValueError, match="power of two"):
        sobol.points(2, rows, 0)
