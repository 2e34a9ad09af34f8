"""The composite engine: full replications, sensitivity, many units, growth; and beside ProMCDA 1.0.8 on the same draws.

Every figure comes from a process of its own, on one thread. Seconds depend on the machine and its load, which are
printed; processor seconds and ratios are what to look at.

`KURAK_BENCH_PEER` names the interpreter that has ProMCDA where it is not this one. As installed from its registry 1.0.8
lacks two folders of its own (`mcda/configuration`, `mcda/utility_functions`), which its source archive has:
`pip download --no-deps --no-binary :all: promcda==1.0.8`, unpack it, and name the folder in `KURAK_BENCH_PROMCDA`.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from bench import composite_data as data

type Case = tuple[int, int, int]  # units, criteria, draws (or rows of a Sobol design)

SMALL, COUNTRIES, ORGANISATIONS = (51, 49), (196, 120), (100_000, 60)
DRAWS, ROWS = 2_000, 4_096
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}


def _index(n: int, k: int) -> Any:
    from kurak.engines.composite import declare, tabulate

    table = tabulate([f"u{place}" for place in range(n)], data.columns(n, k))
    return declare(data.document(k, data.FOUR)), table


def four(case: Case, threads: int = 1) -> dict[str, Any]:
    """Full four-factor replications: treatment, normalisation, weights on two levels, aggregation; ranks everywhere."""
    from kurak.engines.composite.varying import vary

    declaration, table = _index(*case[:2])
    with Clock() as clock:
        found = vary(declaration, table, draws=case[2], threads=threads)
        found.ranks()
    digest = hashlib.sha256(found.outcomes.scores["all"].tobytes() + found.outcomes.ranks["all"].tobytes())
    return clock.told | {"digest": digest.hexdigest()[:16]}


def threaded(case: Case) -> dict[str, Any]:
    return four(case, threads=4)


def sobol(case: Case) -> dict[str, Any]:
    """First and total indices of the mean rank shift and of every unit's score and rank, with bootstrap intervals."""
    from kurak.engines.composite.varying import sensitivity

    declaration, table = _index(*case[:2])
    with Clock() as clock:
        found = sensitivity(declaration, table, n=case[2])
    return clock.told | {"runs": found.runs}


def scoring(case: Case) -> dict[str, Any]:
    """One score with all stages, and ranks."""
    from kurak.engines.composite import score

    declaration, table = _index(*case[:2])
    with Clock() as clock:
        score(declaration, table).ranks()
    return clock.told


def ours(case: Case) -> dict[str, Any]:
    """Given sets of weights over a flat index: scores and ranks of every unit, their means, medians and intervals."""
    from kurak.engines.composite import declare, tabulate
    from kurak.engines.composite.varying import Design, replay

    n, k, draws = case
    table = tabulate([f"u{place}" for place in range(n)], data.columns(n, k, gaps=0))
    design = Design(np.arange(draws), weights={"all": data.weights(k, draws)})
    declaration = declare(data.flat(k))
    with Clock() as clock:
        found = replay(declaration, table, design)
        mean, _ = found.scores().mean, found.ranks()
    return clock.told | {"mean": mean.tolist()}


def peer(case: Case) -> dict[str, Any]:
    """The same sets of weights as ProMCDA takes them: what its `main` does between reading and writing files."""
    sys.path.insert(0, os.environ.get("KURAK_BENCH_PROMCDA", "."))
    import logging

    import pandas as pd
    from mcda.utility_functions.normalization import Normalization
    from mcda.utils import rescale_minmax
    from mcda.utils_for_parallelization import estimate_runs_mean_std, parallelize_aggregation

    logging.disable(logging.CRITICAL)
    n, k, draws = case
    table = pd.DataFrame(data.columns(n, k, gaps=0))
    sets = data.weights(k, draws)
    with Clock() as clock:
        norm = Normalization(table, ["-" if place % 7 == 0 else "+" for place in range(k)])
        ranges = {"minmax_01": (0, 1), "minmax_no0": (0.1, 1)}
        normalised = {name: norm.minmax(feature_range=each) for name, each in ranges.items()}
        runs = parallelize_aggregation([((each / each.sum()).tolist(), normalised) for each in sets], "weighted_sum")
        mean, _ = estimate_runs_mean_std(runs)
        estimate_runs_mean_std([rescale_minmax(each) for each in runs])
    return clock.told | {"mean": mean.iloc[:, 0].tolist()}


KINDS: dict[str, Callable[[Case], dict[str, Any]]] = {
    "four": four, "threaded": threaded, "sobol": sobol, "scoring": scoring, "ours": ours, "peer": peer,
}  # fmt: skip


class Clock:
    """Seconds on the wall and of processor, those of finished child processes too."""

    def __enter__(self) -> Clock:
        self.began = time.perf_counter(), self._worked()
        return self

    def __exit__(self, *_: object) -> None:
        self.told: dict[str, Any] = {"wall": time.perf_counter() - self.began[0], "cpu": self._worked() - self.began[1]}

    @staticmethod
    def _worked() -> float:
        spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(each.ru_utime + each.ru_stime for each in spent)


def child(kind: str, case: Case) -> None:
    found = KINDS[kind](case)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps(found | {"peak_mb": peak / 1e3}))


def measured(kind: str, n: int, k: int, draws: int = 1) -> dict[str, Any] | None:
    """One run in a process of its own; None where it failed."""
    python = os.environ.get("KURAK_BENCH_PEER", sys.executable) if kind == "peer" else sys.executable
    command = [python, "-W", "ignore", "-m", "bench.composite", kind, str(n), str(k), str(draws)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(["src", "."])} | ONE_THREAD
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        remedy = "; the head of bench/composite.py says how to get its sources" if kind == "peer" else ""
        print(f"{kind} failed: {' '.join(done.stderr.strip().splitlines()[-1:])}{remedy}", flush=True)
        return None
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def told(what: str, found: dict[str, Any] | None) -> None:
    if found is not None:
        print(
            f"{what:<62} {found['cpu']:7.2f} s of processor ({found['wall']:.2f} on the wall),"
            f" peak {found['peak_mb']:.0f} MB",
            flush=True,
        )


def replications() -> None:
    for n, k in (SMALL, COUNTRIES):
        told(f"{DRAWS:,} full four-factor replications, {n} x {k}", one := measured("four", n, k, DRAWS))
        other = measured("threaded", n, k, DRAWS)
        if one and other:
            same = "the same bits" if one["digest"] == other["digest"] else "OTHER BITS"
            print(f"  with 4 threads {other['wall']:.2f} s on the wall, {same}")
    for n, k in (SMALL, COUNTRIES):
        found = measured("sobol", n, k, ROWS)
        told(f"Sobol, N = {ROWS:,}, {found['runs'] if found else 0:,} runs, {n} x {k}", found)
    told("scored and ranked, {:,} x {}".format(*ORGANISATIONS), measured("scoring", *ORGANISATIONS))


GROWTH = {
    "units": [(200 * by, 60, 2_000) for by in (1, 2, 4, 8)],
    "criteria": [(200, 60 * by, 2_000) for by in (1, 2, 4, 8)],
    "draws": [(200, 60, 2_000 * by) for by in (1, 2, 4, 8)],
}


def growth() -> None:
    """Twice as much should cost at most twice as much."""
    for of, cases in GROWTH.items():
        spent = [found["cpu"] for case in cases if (found := measured("four", *case))]
        ratios = [f"{b / a:.2f}" for a, b in pairwise(spent)]
        print(f"twice the {of:<8} costs {', '.join(ratios)} times as much ({spent[0]:.2f} s at first)", flush=True)


def beside() -> None:
    """Weights alone on a flat index, as the peer varies them. Both get the same data and the same sets of weights."""
    for n, k in (SMALL, COUNTRIES):
        mine, theirs = measured("ours", n, k, DRAWS), measured("peer", n, k, DRAWS)
        told(f"kurak    {DRAWS:,} sets of weights, flat, {n} x {k}", mine)
        told(f"ProMCDA  {DRAWS:,} sets of weights, flat, {n} x {k}", theirs)
        if mine and theirs:
            apart = np.abs(np.array(mine["mean"]) - theirs["mean"]).max()
            cpu, wall, peak = (theirs[each] / mine[each] for each in ("cpu", "wall", "peak_mb"))
            print(f"  ratio {cpu:.1f} of processor, {wall:.1f} on the wall, {peak:.1f} of memory", end="")
            print(f"; mean scores differ by at most {apart:.1e}", flush=True)


def main() -> None:
    print(f"composite: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    replications()
    growth()
    beside()
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    child(sys.argv[1], (int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
