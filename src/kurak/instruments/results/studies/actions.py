"""A study is asked for, and done once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.models import Person
from kurak.ground.safety.actions import record
from kurak.instruments.results import rules
from kurak.instruments.results.models import Run, Study
from kurak.instruments.results.studies import analysis

SIZES = (64, 128, 256, 512, 1024, 2048, 4096)


@transaction.atomic
def ask_for_study(*, run: Run, by: Person | None, n: int = analysis.N, seed: int = 0) -> Study:
    """Have a run studied; the worker does it. The same run, n and seed are studied once; what failed is tried anew."""
    if by is not None and not rules.may_compute(by):
        raise Forbidden("results.not_yours", _("Only analysts and coordinators bring and publish results."))
    if run.data_set_id is None:
        raise Refused("study.no_data", _("Only results over a data set can be studied."))
    if n not in SIZES:
        raise Refused(
            "study.size", _("Choose one of these sizes: %(sizes)s.") % {"sizes": ", ".join(map(str, SIZES))}, n=n
        )
    study, new = Study.objects.select_for_update().get_or_create(run=run, n=n, seed=seed, defaults={"asked_by": by})
    if not new and study.status != Study.Status.FAILED:
        return study
    Study.objects.filter(pk=study.pk).update(status=Study.Status.ASKED, problem="")
    record(verb="run.study_asked", on=run, by=by, n=n, seed=seed)
    study.refresh_from_db()
    return study


def do_study(*, study: Study) -> Study:
    """Compute what was asked for. Doing it twice gives the same, and what is done already stays."""
    if study.status == Study.Status.DONE:
        return study
    try:
        study.found = analysis.study_of(study.run, n=study.n, seed=study.seed)
        study.status, study.problem = Study.Status.DONE, ""
    except (ValueError, ArithmeticError) as wrong:  # the data do not bear it; it can be asked for anew
        study.status, study.problem = Study.Status.FAILED, str(wrong)[:300]
    study.done_at = timezone.now()
    study.save(update_fields=["found", "status", "problem", "done_at"])
    return study
