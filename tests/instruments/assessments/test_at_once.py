"""Several people, or one person's double click, or two workers, in the same moment."""

import datetime as dt
import io
import threading

import pytest
from django.db import connection, connections
from django.utils import timezone

from kurak.ground.errors import Refused
from kurak.ground.files import storing
from kurak.instruments.assessments import actions
from kurak.instruments.assessments.answering import Given, Overtaken, mark
from kurak.instruments.assessments.deciding import actions as deciding
from kurak.instruments.assessments.evidence.actions import add_file, remove
from kurak.instruments.assessments.models import Answer, Assessment, Evidence, Sheet
from kurak.instruments.assessments.reviewing import actions as reviewing
from kurak.instruments.assessments.tasks import keep_to_days
from tests.factories.assessing import a_case
from tests.factories.files import PDF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def several_connections():
    if connection.vendor == "sqlite":
        pytest.skip("SQLITE IN MEMORY: two connections cannot meet there; the second round on PostgreSQL runs this")


def at_once(*acts):
    """Begins all acts together; what each of them returned or raised, in their order."""
    start, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait()
            found[place] = act()
        except Exception as problem:
            found[place] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return found


def refused(found, kind=Refused):
    return sum(isinstance(each, kind) for each in found)


def test_two_tabs_do_not_overwrite_each_other_unseen():
    case = a_case()
    seen = {"rules": mark(Given())}
    found = at_once(*(
        lambda word=word: actions.save(sheet=case.own, by=case.member, answers={"rules": Given(word)}, seen=seen)
        for word in ("0", "1", "2")
    ))  # fmt: skip
    assert (refused(found, Overtaken), Answer.objects.count()) == (2, 1)


def test_a_double_click_opens_hands_in_and_publishes_once():
    case = a_case()
    about = {"by": case.member, "organisation": case.organisation, "edition": case.assessment.edition}
    period = {"start": dt.date(2024, 1, 1), "end": dt.date(2024, 12, 31)}
    first, second = at_once(*[lambda: actions.open_assessment(**about, **period)] * 2)
    assert first == second
    case.handed_in().invited().reviewed().drafted().before_panel().decided()
    found = at_once(
        *[lambda: deciding.consent(assessment=case.assessment, by=case.officer, to="profile")] * 3,
        lambda: deciding.consent(assessment=case.assessment, by=case.officer, to="band"),
    )
    assert (refused(found, Exception), case.assessment.runs.filter(status="published").count()) == (0, 1)


def test_two_coordinators_invite_the_same_person_once():
    case = a_case(reviewers=1).handed_in()
    about = {"assessment": case.assessment, "by": case.coordinator, "reviewer": case.reviewers[0], "role": "peer"}
    first, second = at_once(*[lambda: reviewing.invite(**about)] * 2)
    assert first == second


def test_a_review_is_either_dismissed_or_handed_in():
    case = a_case(reviewers=1).handed_in().invited()
    reviewer, sheet = case.reviewers[0], case.sheet_of(case.reviewers[0])
    case.answer(sheet, reviewer, 1, purpose="yes", rules="2", accounts="1", complaints="n/a", people="2", months="6")
    found = at_once(
        lambda: actions.hand_in(sheet=case.sheet_of(reviewer), by=reviewer),
        lambda: reviewing.dismiss(sheet=sheet, by=case.coordinator, why="No answer"),
    )
    there = Sheet.objects.filter(pk=sheet.pk).first()
    assert refused(found) == 1
    assert there is None or (there.handed_in_at and there.answers.count() == 6)


def test_two_workers_end_the_days_for_a_reply_once():
    case = a_case().handed_in().invited().reviewed().drafted()
    Assessment.objects.update(reply_until=timezone.now().date() - dt.timedelta(days=1))
    assert sum(at_once(keep_to_days, keep_to_days, keep_to_days)) == 1
    assert case.assessment.sheets.filter(role="panel").count() == 1


def test_the_same_file_sent_twice_and_taken_away_at_once_is_there_or_gone():
    case = a_case()

    def send():
        return add_file(sheet=case.own, criterion="rules", by=case.member, file=io.BytesIO(PDF), name="a.pdf")

    first, second = at_once(send, send)
    assert (first, Evidence.objects.count()) == (second, 1)
    at_once(lambda: remove(evidence=first, by=case.member), send)
    there = storing.default_storage.exists(storing.path_of(first.sha256))
    assert there == Evidence.objects.exists()
