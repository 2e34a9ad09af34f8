"""The path to the next class: the same as trying every combination, and right where there is none."""

import numpy as np
import pytest

from kurak.engines.composite import declare, tabulate
from kurak.engines.composite.rising import rise
from tests.engines.composite.rising.brute import cheapest, random_document, random_row


def risen(document, row, **settings):
    return rise(declare(document), tabulate(["KGZ"], {code: [value] for code, value in row.items()}), "KGZ", **settings)


def standing(document, path, code):
    order = [each["code"] for each in document["classes"]["c"]["of"]]
    order = order if document["classes"]["c"]["better"] == "high" else order[::-1]
    return order.index(code) if code else -1


def agrees(document, row, **settings):
    path = risen(document, row, **settings)
    if path.proof == "best-already":
        return path
    best = cheapest(document, row, standing(document, path, path.to), settings.get("cost"))
    if best is None:
        assert path.proof == "impossible"
    else:
        assert path.cost == pytest.approx(best, abs=1e-6)
        assert path.proof == "exact"
    return path


@pytest.mark.parametrize("better", ["high", "low"])
@pytest.mark.parametrize("seed", range(12))
def test_of_sums_no_combination_is_cheaper(seed, better):
    rng = np.random.default_rng(seed)
    agrees(random_document(rng, better=better), random_row(rng))


@pytest.mark.parametrize("seed", range(12))
def test_of_other_combinations_none_is_cheaper(seed):
    rng = np.random.default_rng(seed)
    ways = ("mean", "min", "max", "median", {"by": "mean-of-worst", "k": 2}, {"by": "geometric", "zero": "zero"})
    agrees(random_document(rng, ways), random_row(rng))


@pytest.mark.parametrize("seed", range(12))
def test_with_open_and_inapplicable_criteria_none_is_cheaper(seed):
    rng = np.random.default_rng(seed)
    agrees(random_document(rng, ("mean", "min")), random_row(rng, missing=0.3))


@pytest.mark.parametrize("seed", range(6))
def test_dear_criteria_are_avoided(seed):
    rng = np.random.default_rng(seed)
    agrees(random_document(rng), random_row(rng), cost={code: float(rng.uniform(0.1, 5)) for code in "abcde"})
