"""Uncertainty and sensitivity against stored draws and runs of COINr on ASEM."""

import csv
from pathlib import Path

import numpy as np
import pytest

from kurak.engines.composite.varying import sobol

DATA = Path(__file__).parents[2] / "../shared/data/index/asem"
pytestmark = pytest.mark.published


def rows(*path):
    file = DATA.joinpath(*path)
    if not file.exists():
        pytest.skip(f"published figures of ASEM are not here: {'/'.join(path)}")
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def numbers(found, column):
    return np.array([float(row[column]) for row in found])


RUNS = {
    "analytic_linear_N1000": ("y", ""),
    "analytic_ishigami_N1000": ("y", ""),
    "analytic_gfun_N1000": ("y", ""),
    "asem_four_factors_N200": ("y_mean_abs_rank_change", "_seed1"),
    "asem_four_factors_N200 ": ("y_mean_abs_rank_change", "_seed2"),
    "asem_three_weights_N200": ("y_mean_abs_rank_change", ""),
}


@pytest.mark.parametrize("name", RUNS)
def test_sobol_indices_from_stored_runs(name):
    column, seed = RUNS[name]
    published = rows("k_sobol", f"{name.strip()}_indices{seed}.csv")
    y = numbers(rows("k_sobol", f"{name.strip()}_runs{seed}.csv"), column)
    n = len(y) // (len(published) + 2)
    found = sobol.indices(y[:n], y[n : 2 * n], y[2 * n :].reshape(len(published), n))
    assert np.allclose(found.first, numbers(published, "Si"), rtol=0, atol=1e-12)
    assert np.allclose(found.total, numbers(published, "STi"), rtol=0, atol=1e-12)
