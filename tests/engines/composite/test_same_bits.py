"""The same input gives the same bits, however many processors there are and however sets happen to be ordered."""

import os
import subprocess
import sys
from pathlib import Path


def told(**environment):
    call = [sys.executable, "-m", "tests.engines.composite.told_bits"]
    root = Path(__file__).parents[3]
    found = subprocess.run(call, cwd=root, env=os.environ | environment, capture_output=True, text=True, check=True)
    return found.stdout.split()


def test_processors_and_the_order_of_sets_change_no_bit():
    one = told(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", PYTHONHASHSEED="1")
    assert len(one) > 150
    assert told(OPENBLAS_NUM_THREADS="4", OMP_NUM_THREADS="4", PYTHONHASHSEED="2") == one
