"""What the platform does by itself for assessments: end the days for a reply, end what is no longer valid."""

from __future__ import annotations

import logging

from django.utils import timezone

from kurak.ground.duties import name_duty
from kurak.ground.errors import Refused
from kurak.instruments.assessments.deciding.actions import expire
from kurak.instruments.assessments.models import Assessment
from kurak.instruments.assessments.reviewing.actions import end_reply
from kurak.instruments.assessments.steps import Status

log = logging.getLogger("kurak.assessments")
HOUR = 3600.0


def keep_to_days() -> int:
    """Takes every step that a day brings by itself; how many. One that fails stops no other."""
    today = timezone.now().date()
    replied = Assessment.objects.filter(status=Status.REPLY, reply_until__lt=today)
    ended = Assessment.objects.filter(status=Status.PUBLISHED, valid_until__lt=today)
    taken = 0
    for step in (*(lambda each=each: end_reply(assessment=each, by=None) for each in replied),
                 *(lambda each=each: expire(assessment=each) for each in ended)):  # fmt: skip
        try:
            step()
            taken += 1
        except Refused:
            continue  # somebody took another step meanwhile
        except Exception:
            log.exception("A step of an assessment could not be taken")
    return taken


def name_duties() -> None:
    name_duty("assessments", keep_to_days, every=HOUR)
