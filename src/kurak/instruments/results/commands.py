"""The commands that make results again, on a machine that has the data file."""

from __future__ import annotations

import shlex

from kurak.instruments.results.models import Run, Study


def command_of(run: Run) -> str:
    """What recomputes the run on a machine with the data file."""
    varied = f" --draws {run.draws} --seed {run.seed}" if run.draws else ""
    edition = f"{run.edition.instrument.code}-{run.edition.edition}"
    return f"kurak index score {edition} {run.data_set.name if run.data_set else 'DATA.csv'}{varied}"[:300]


def command_of_path(run: Run, unit: str, period: str) -> str:
    edition = f"{run.edition.instrument.code}-{run.edition.edition}"
    name = run.data_set.name if run.data_set else "DATA.csv"
    when = ["--in", period] if period else []
    return shlex.join(["kurak", "index", "path", edition, name, "--of", unit, *when])[:300]


def command_of_study(study: Study) -> str:
    run = study.run
    edition = f"{run.edition.instrument.code}-{run.edition.edition}"
    name = run.data_set.name if run.data_set else "DATA.csv"
    return f"kurak index study {edition} {name} --n {study.n} --seed {study.seed}"[:300]
