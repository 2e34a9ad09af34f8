"""Laws that hold for every normalisation of the table."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurak.engines.composite.methods import REQUIRED
from kurak.engines.composite.normalising import NORMALISATIONS

GIVEN = {  # settings that must be given
    "goalposts": {"low": -1000.0, "high": 1000.0},
    "target": {"target": 400.0, "cap": False},
    "unit": {"unit": 0},
    "piecewise": {"knots": [[-1000, 0], [1000, 1]]},
    "log": {"plus": 2000.0},
}
ALONE = [name for name, method in NORMALISATIONS.items() if "panel" not in method.traits]
RELATIVE = [name for name in ALONE if "local" not in NORMALISATIONS[name].traits]
POSITIVE = {"fraction"}
values = st.lists(st.integers(-500, 500).map(float), min_size=3, max_size=12).map(np.array)
every_method = pytest.mark.parametrize("name", ALONE)


def run(name, x, direction=1, **more):
    x = np.abs(x) + 1.0 if name in POSITIVE else x
    knots = {"knots": [[-1000, 1], [1000, 0]]} if direction < 0 and name == "piecewise" else {}
    given = {"reference": None, **GIVEN.get(name, {}), **knots, **more}
    return NORMALISATIONS[name].run(x, direction=direction, **given)


@every_method
@given(x=values, direction=st.sampled_from([1, -1]))
def test_a_better_value_never_has_less(name, x, direction):
    x = np.abs(x) + 1.0 if name in POSITIVE else x
    if name == "unit" and direction * x[0] == (direction * x).min():
        return  # the worst unit can't be the reference
    found = run(name, x - 1.0 if name in POSITIVE else x, direction)
    order = np.argsort(direction * x, kind="stable")
    steps = np.diff(found[order])
    assert np.isnan(found).all() or (steps >= -1e-9 * np.abs(found).max()).all()


@every_method
@given(x=values)
def test_a_missing_value_stays_missing_and_changes_no_other(name, x):
    whole, gap = run(name, x), run(name, np.append(x, np.nan))
    np.testing.assert_allclose(gap, np.append(whole, np.nan), rtol=1e-12)


@every_method
@given(x=values)
def test_draws_side_by_side_give_what_each_gives_alone(name, x):
    draws = np.stack([[x, x[::-1]], [x * 0.5, np.where(x > 0, x, np.nan)]])
    if name == "unit":
        draws[..., 0] = 999.0
    together = run(name, draws)
    for place in np.ndindex(2, 2):
        np.testing.assert_array_equal(together[place], run(name, draws[place]))


@pytest.mark.parametrize("name", [name for name in RELATIVE if name not in ("fraction", "target", "above-below-mean")])
@given(x=values, scale=st.floats(0.01, 100), shift=st.floats(-1000, 1000))
def test_the_unit_of_measurement_does_not_matter(name, x, scale, shift):
    rng = np.random.default_rng(0)
    x = x + rng.permutation(len(x)) * 0.001  # without ties, that rounding could part
    before, after = run(name, x), run(name, x * scale + shift)
    np.testing.assert_allclose(after, before, rtol=1e-6, atol=1e-6 * max(1.0, np.nanmax(np.abs(before), initial=0)))


@every_method
@given(x=values)
def test_a_newcomer_outside_the_reference_changes_no_score(name, x):
    base = np.ones(len(x), bool)
    before = run(name, x, reference=base)
    after = run(name, np.append(x, 900.0), reference=np.append(base, False))
    np.testing.assert_allclose(after[:-1], before, rtol=1e-12)


@every_method
@given(x=values)
def test_the_reference_of_all_units_is_no_reference(name, x):
    np.testing.assert_allclose(run(name, x, reference=np.ones(len(x), bool)), run(name, x), rtol=1e-12)


@pytest.mark.parametrize("name", [name for name in ALONE if "bounded" in NORMALISATIONS[name].traits])
@given(x=values)
def test_bounded_methods_keep_to_their_range(name, x):
    found = run(name, x, to=(1.0, 100.0))
    assert ((found >= 1.0 - 1e-9) & (found <= 100.0 + 1e-9) | np.isnan(found)).all()


@pytest.mark.parametrize("name", NORMALISATIONS)
def test_the_table_says_the_settings_that_the_function_takes(name):
    method = NORMALISATIONS[name]
    parameters = inspect.signature(method.run).parameters
    told = {key: setting.default for key, setting in method.takes.items()}
    taken = {
        key: REQUIRED if each.default is inspect.Parameter.empty else each.default
        for key, each in parameters.items()
        if key not in ("x", "direction", "reference", "units", "periods")
    }
    assert told == taken


@pytest.mark.parametrize("name", NORMALISATIONS)
def test_nothing_at_all_stays_nothing_without_complaint(name):
    if name == "unit":
        return  # a reference unit must have a value
    panel = {"units": np.array(["a", "b"]), "periods": np.array([1, 1])} if name not in ALONE else {}
    x = np.array([np.nan, np.nan])
    found = NORMALISATIONS[name].run(x, direction=1, reference=None, **GIVEN.get(name, {}), **panel)
    assert np.isnan(found).all()
