"""Who may bring data, compute and publish; and who may see a run."""

from __future__ import annotations

from typing import Any

from kurak.ground.people.rules import Role, has_second_factor, holds
from kurak.instruments.assessments.models import Assessment
from kurak.instruments.results.models import Run


def may_compute(person: Any) -> bool:
    """Analysts and coordinators."""
    return holds(person, Role.ANALYST)


def may_see(person: Any, run: Run) -> bool:
    """What is published is for everybody; a draft for those who compute, with a second factor. A run over an assessment
    as long as that is published."""
    if run.assessment is not None and run.assessment.status != Assessment.Status.PUBLISHED:
        return False
    return run.status == Run.Status.PUBLISHED or (
        run.assessment is None and may_compute(person) and has_second_factor(person)
    )
