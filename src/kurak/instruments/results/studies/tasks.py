"""What the worker does for results."""

from django.tasks import task

from kurak.instruments.results.models import Study
from kurak.instruments.results.studies.actions import do_study


@task()
def do_the_study(number: int) -> str:
    """Compute a study that was asked for; how it ended. Doing it twice is doing it once."""
    return do_study(study=Study.objects.select_related("run__edition", "run__data_set").get(pk=number)).status
