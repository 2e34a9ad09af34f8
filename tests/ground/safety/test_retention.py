"""What is kept ends when its time has come."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from kurak.ground.safety import limits, retention
from kurak.ground.safety.models import Allowance

pytestmark = pytest.mark.django_db


def a_session(key, **ends):
    return Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(**ends))


def test_ended_sessions_go_and_others_stay():
    a_session("ended", hours=-1)
    a_session("alive", hours=1)
    assert retention.apply()["sessions"] == 1
    assert Session.objects.get().session_key == "alive"


def test_ended_allowances_go():
    limits.allow("participant:1", "x", 1, 60)
    Allowance.objects.update(ends=1)
    assert retention.apply()["allowances"] == 1


def test_duties_done_twice_do_no_harm():
    a_session("ended", hours=-1)
    retention.apply()
    assert not any(retention.apply().values())


def test_every_class_says_how_long_and_what_then():
    for kept in retention.classes():
        assert kept.what, kept.name
        assert kept.then, kept.name
        assert (kept.end is None) == (kept.days is None), f"{kept.name} has an end without a time, or the reverse"
