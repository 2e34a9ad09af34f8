"""Steps that come by themselves."""

import datetime as dt

import pytest

from kurak.instruments.assessments.models import Assessment
from kurak.instruments.assessments.tasks import keep_to_days
from tests.factories.assessing import a_case, a_published_case

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2026, 1, 1)


def test_days_end_once_and_others_run_on():
    replied = a_case().handed_in().invited().reviewed().drafted()
    running = a_case().handed_in().invited().reviewed().drafted()
    published, valid = a_published_case(), a_published_case()
    Assessment.objects.filter(pk=replied.assessment.pk).update(reply_until=LONG_AGO)
    Assessment.objects.filter(pk=published.assessment.pk).update(valid_until=LONG_AGO)
    assert (keep_to_days(), keep_to_days()) == (2, 0)
    assert [each.now.status for each in (replied, running, published, valid)] == [
        "panel",
        "reply",
        "expired",
        "published",
    ]
