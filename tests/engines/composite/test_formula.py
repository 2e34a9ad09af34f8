import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurak.engines.composite.formula import Formula, FormulaError

HOSTILE = [
    "__import__('os').system('true')",
    "a.b",
    "a[0]",
    "[x for x in a]",
    "lambda: 1",
    "f'{a}'",
    "print(a)",
    "a ** b",
    "9 ** 9 ** 9",
    "a := 3",
    "'word'",
    "max()",
    "max(a, key=b)",
    "-" * 200 + "a",
    "(" * 10_000,
    "a" * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_not_arithmetic_is_refused(text):
    with pytest.raises(FormulaError):
        Formula(text)


def test_a_formula_names_the_codes_it_needs():
    assert Formula("0.5 * api + max(mpi, 0) if gate > 1 else api").names == {"api", "mpi", "gate"}


def test_what_is_missing_makes_the_outcome_missing():
    assert np.isnan(Formula("a + 1")({"a": np.nan}))
    assert np.isnan(Formula("a if b > 1 else 3")({"a": 1, "b": np.nan}))


def test_what_cannot_matter_is_not_needed():
    assert Formula("0 and a")({"a": np.nan}) == 0
    assert Formula("1 or a")({"a": np.nan}) == 1
    assert Formula("otherwise(a, 2)")({"a": np.nan}) == 2


def test_division_by_zero_is_missing_and_not_infinite():
    assert np.isnan(Formula("1 / a")({"a": 0}))
    assert np.isnan(Formula("ln(a)")({"a": 0}))


def test_values_that_differ_in_the_last_bits_are_equal():
    assert Formula("a > 0.3")({"a": 0.1 + 0.2}) == 0
    assert Formula("a >= 0.3")({"a": 0.1 + 0.2 - 1e-15}) == 1


def test_halves_are_rounded_up():
    assert [Formula("round_half_up(a)")({"a": each}) for each in (0.5, 1.5, 2.5, -0.5)] == [1, 2, 3, -1]
    assert Formula("round_half_up(a, 2)")({"a": 1.005}) == 1.01


def test_the_normal_distribution():
    assert Formula("phi(a)")({"a": 1.6448536269514722}) == pytest.approx(0.95)


def test_a_chain_of_comparisons():
    assert [Formula("1 < a <= 3")({"a": each}) for each in (1, 2, 3, 4)] == [0, 1, 1, 0]


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=6))
def test_a_formula_over_arrays_is_the_formula_of_each(values):
    formula = Formula("max(a, 3) * 2 - (1 if a > 0 else a) ** 2")
    one_by_one = [formula({"a": each}) for each in values]
    assert formula.run({"a": np.array(values)}).tolist() == one_by_one
