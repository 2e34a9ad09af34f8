"""The opinion engine beside red-dwarf 0.4.0 on the same votes: time, memory, time per vote by size, one vote folded in.

Every figure comes from a process of its own. Seconds depend on the machine and its load, which are printed; the ratios
are what to look at. `KURAK_BENCH_PEER` names the interpreter that has red-dwarf where it is not this one,
`KURAK_BENCH_LIMIT` how many seconds the peer gets (330).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from bench.opinion_data import conversation

type Case = tuple[int, int, int]

SMALL: Case = (10_000, 500, 245_000)
LARGE: Case = (100_000, 1_000, 5_000_000)
SIZES: list[Case] = [(2_000, 1_000, 100_000), (20_000, 1_000, 1_000_000), LARGE, (1_000_000, 1_000, 50_000_000)]
LIMIT = float(os.environ.get("KURAK_BENCH_LIMIT", "330"))  # seconds after which the peer has not finished
FOLDS = 300


@contextmanager
def timed(into: dict[str, float], name: str) -> Iterator[None]:
    wall, work = time.perf_counter(), time.process_time()
    yield
    into[name], into[name + "_cpu"] = time.perf_counter() - wall, time.process_time() - work


def ours(case: Case) -> dict[str, float]:
    """Events in a random order, collected and drawn."""
    from kurak.engines.opinion import collect, draw

    made = conversation(*case)
    order = np.random.default_rng(2).permutation(len(made.value)).astype(np.int32)
    who, what, how = made.row[order], made.statement[order], made.value[order]
    del made, order
    found: dict[str, float] = {"votes": len(how)}
    with timed(found, "collect"):
        votes = collect(who, what, how)
    with timed(found, "draw"):
        picture = draw(votes)
    return found | {"k": picture.k}


def peer(case: Case) -> dict[str, float]:
    """The same votes as red-dwarf takes them, a list of dictionaries (made before the clock starts)."""
    from reddwarf.implementations.polis import run_pipeline

    votes = conversation(*case)
    rows = [
        {"participant_id": person, "statement_id": said, "vote": value}
        for person, said, value in zip(votes.row.tolist(), votes.statement.tolist(), votes.value.tolist(), strict=True)
    ]
    found: dict[str, float] = {"votes": len(rows)}
    with timed(found, "draw"):
        run_pipeline(votes=rows, random_state=0)
    return found


def folding(case: Case) -> dict[str, float]:
    """Single votes folded into a living picture: milliseconds, median and 99th percentile."""
    from kurak.engines.opinion import Live, draw

    votes = conversation(*case)
    live = Live(draw(votes), votes)
    rng, spent = np.random.default_rng(3), []
    for _ in range(FOLDS):
        person, said, value = int(rng.integers(case[0])), int(rng.integers(case[1])), int(rng.integers(-1, 2))
        began = time.perf_counter()
        live.fold(participant=person, statement=said, value=value)
        spent.append(1000 * (time.perf_counter() - began))
    return {"folds": FOLDS, "median_ms": float(np.median(spent)), "p99_ms": float(np.quantile(spent, 0.99))}


KINDS: dict[str, Callable[[Case], dict[str, float]]] = {"ours": ours, "peer": peer, "folding": folding}


def child(kind: str, case: Case) -> None:
    found = KINDS[kind](case)
    print(json.dumps(found | {"peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6}))


def measured(kind: str, case: Case, limit: float | None = None) -> dict[str, Any] | None:
    """One run in a process of its own; None where it did not finish in time or at all."""
    python = os.environ.get("KURAK_BENCH_PEER", sys.executable) if kind == "peer" else sys.executable
    command = [python, "-W", "ignore", "-m", "bench.opinion", kind, *map(str, case)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(["src", "."])}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print(f"{kind} failed: {' '.join(done.stderr.strip().splitlines()[-1:])}", flush=True)
        return None
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def described(case: Case) -> str:
    return f"{case[0]:>9,} people x {case[1]:>5,} statements"


def beside(case: Case, limit: float) -> None:
    """Ours and the peer on one conversation, and the ratios."""
    mine, theirs = measured("ours", case), measured("peer", case, limit)
    if mine is None:
        raise SystemExit("our own run failed")
    seconds, work = mine["collect"] + mine["draw"], mine["collect_cpu"] + mine["draw_cpu"]
    print(f"{described(case)}, {mine['votes']:,.0f} votes")
    print(f"  kurak      {seconds:8.2f} s  ({work:.2f} s of processor)  {mine['peak_gb']:.2f} GB")
    if theirs is None:
        print(f"  red-dwarf  did not finish in {limit:.0f} s, or failed as said above")
        return
    print(
        f"  red-dwarf  {theirs['draw']:8.2f} s  ({theirs['draw_cpu']:.2f} s of processor)  {theirs['peak_gb']:.2f} GB"
    )
    print(
        f"  ratio      {theirs['draw'] / seconds:8.1f}    ({theirs['draw_cpu'] / work:.1f})"
        f"  {theirs['peak_gb'] / mine['peak_gb']:.1f}"
    )


def growing(sizes: list[Case]) -> None:
    """Time per vote by size, drawing alone, and against the smallest."""
    first = None
    for case in sizes:
        found = measured("ours", case)
        if found is None:
            print(f"{described(case)}: did not finish")
            continue
        each, work = 1e6 * found["draw"] / found["votes"], 1e6 * found["draw_cpu"] / found["votes"]
        first = first or work
        print(
            f"{described(case)}, {found['votes']:>12,.0f} votes: collect {found['collect']:6.2f} s, draw"
            f" {found['draw']:6.2f} s, {each:.2f} us a vote ({work:.2f} of processor, {work / first:.2f} of the first),"
            f" {found['peak_gb']:.2f} GB, k = {found['k']:.0f}"
        )


def main() -> None:
    print(f"opinion: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    beside(SMALL, LIMIT)
    beside(LARGE, LIMIT)
    growing(SIZES)
    if found := measured("folding", LARGE):
        print(
            f"{described(LARGE)}: one vote folded in, median {found['median_ms']:.2f} ms,"
            f" 99th percentile {found['p99_ms']:.2f} ms of {found['folds']:.0f}"
        )
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    child(sys.argv[1], (int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
