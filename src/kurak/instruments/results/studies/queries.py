"""What can be asked of studies."""

from __future__ import annotations

from kurak.instruments.results.models import Run, Study


def study_of(run: Run) -> Study | None:
    """The finest study that is done."""
    return run.studies.filter(status=Study.Status.DONE).order_by("-n", "seed").first()


def unfinished(run: Run) -> Study | None:
    return run.studies.exclude(status=Study.Status.DONE).order_by("-asked_at").first()
