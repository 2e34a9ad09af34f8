"""Once a year every series is judged anew: a last value grows older than five years, and is judged no longer."""

from __future__ import annotations

from django.utils import timezone

from kurak.commitments.indicators.actions import renew_everything
from kurak.commitments.indicators.models import Series
from kurak.ground.duties import name_duty

DAY = 24 * 60 * 60.0


def renew_what_is_of_another_year() -> int:
    """How many series were judged; none where all were judged this year."""
    judged = Series.objects.exclude(engine="")
    old = judged.exclude(engine__endswith=f", {timezone.now().year}")
    return renew_everything() if old.exists() else 0


def name_duties() -> None:
    name_duty("indicators", renew_what_is_of_another_year, every=DAY)
