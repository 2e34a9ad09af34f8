"""Laws that hold for every imputation of the table."""

import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kurak.engines.composite.imputing import IMPUTATIONS
from kurak.engines.composite.methods import REQUIRED

CONTRACT = ("directions", "parents", "labels", "units", "periods")
GIVEN = {"em": {"ridge": 1.0}, "draw": {"ridge": 1.0}, "multiple": {"ridge": 1.0, "draws": 2}}
every_imputation = pytest.mark.parametrize("name", IMPUTATIONS)


def run(name, x, **more):
    n, k = x.shape
    given = {
        "directions": np.where(np.arange(k) % 2, -1, 1),
        "parents": np.arange(k) // 3,
        "labels": np.array(["a", "b", ""])[np.arange(n) % 3],
        "units": np.array([f"u{row % 4}" for row in range(n)]),
        "periods": np.array([str(2018 + row // 4) for row in range(n)]),
        **GIVEN.get(name, {}),
        **more,
    }
    return IMPUTATIONS[name].run(x, **given)


@st.composite
def holed(draw):
    """(12, 5) values, some missing."""
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    x = chance.normal(size=(12, 5)).cumsum(axis=1) * draw(st.sampled_from([0.001, 1.0, 1e6]))
    return np.where(chance.random(x.shape) < draw(st.sampled_from([0.1, 0.4, 0.9])), np.nan, x)


@every_imputation
@settings(max_examples=15)
@given(x=holed())
def test_what_is_there_keeps_every_bit(name, x):
    found, there = run(name, x), ~np.isnan(x)
    assert found[there].tobytes() == x[there].tobytes()
    assert not np.isinf(found).any()


@every_imputation
@settings(max_examples=5)
@given(x=holed())
def test_the_table_that_is_given_is_not_changed(name, x):
    before = x.copy()
    run(name, x)
    assert x.tobytes() == before.tobytes()


@every_imputation
def test_the_same_seed_gives_the_same_bits(name):
    chance = np.random.default_rng(1)
    x = np.where(chance.random((12, 5)) < 0.2, np.nan, chance.normal(size=(12, 5)))
    assert run(name, x).tobytes() == run(name, x).tobytes()


@every_imputation
def test_nothing_at_all_stays_nothing_without_complaint(name):
    assert np.isnan(run(name, np.full((8, 4), np.nan))).all()


@every_imputation
def test_the_table_says_the_settings_that_the_function_takes(name):
    method = IMPUTATIONS[name]
    taken = {
        key: each.default
        for key, each in inspect.signature(method.run).parameters.items()
        if key not in ("x", *CONTRACT) and each.kind is not inspect.Parameter.VAR_KEYWORD
    }
    told = {key: setting.default for key, setting in method.takes.items() if setting.default is not REQUIRED}
    assert taken.items() <= told.items()
    run(name, np.ones((8, 4)), **{**told, **GIVEN.get(name, {})})  # all that is told is understood
