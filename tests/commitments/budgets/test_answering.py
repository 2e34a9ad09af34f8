"""Residents: one answer a person, small counts hidden, photographs without where they were taken."""

import io

import pytest

from kurak.commitments.budgets import answering, queries
from kurak.commitments.budgets.models import AnswerPhoto, ResidentAnswer
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.files import storing
from tests.factories.budgets import a_line, answered
from tests.factories.files import SECRETS, a_jpeg
from tests.factories.people import a_member_of_staff, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    return a_line()


def a_photo(line, by=None) -> AnswerPhoto:
    sent = io.BytesIO(a_jpeg())
    return answering.answer(line=line, by=by or a_person(), done="yes", photo=sent).photo


def test_who_answers_again_replaces_their_answer(line):
    person = a_person()
    answering.answer(line=line, by=person, done="yes", good="yes")
    answering.answer(line=line, by=person, done="no")
    assert [(each.done, each.good) for each in ResidentAnswer.objects.all()] == [("no", "")]


def test_none_and_four_answers_look_the_same(line):
    before = queries.residents_of(line)
    answered(line, 4)
    assert queries.residents_of(line) == before
    assert not before


def test_counts_are_rounded_and_the_share_is_of_what_is_shown(line):
    answered(line, 13, 8)
    said = queries.residents_of(line).done
    assert (said.n.shown, said.answer, said.share) == (20, "yes", 0.75)
    assert said.low < 0.75 < said.high


def test_where_yes_must_stay_hidden_the_share_is_of_the_most_frequent_answer(line):
    answered(line, 5, 15)
    said = queries.residents_of(line).done
    assert (said.n.shown, said.answer, said.share) == (20, "no", 0.75)


def test_a_count_that_subtraction_would_tell_is_hidden(line):
    answered(line, 20, 2)
    said = queries.residents_of(line).done
    shown = {code: many.shown for code, _words, many in said.counts}
    assert shown["no"] is None
    assert None in (shown["yes"], said.n.shown)


def test_a_stranger_and_a_draft_have_no_question(line):
    with pytest.raises(Forbidden):
        answering.answer(line=line, by=None, done="yes")
    with pytest.raises(Refused):
        answering.answer(line=a_line("R1", year=2024), by=a_person(), done="yes")
    with pytest.raises(Refused):
        answering.answer(line=a_line(year=2023, published=False), by=a_person(), done="yes")


def test_what_is_no_photograph_is_refused_and_no_answer_stays(line):
    with pytest.raises(Refused, match="JPEG"):
        answering.answer(line=line, by=a_person(), done="yes", photo=io.BytesIO(b"just words"))
    assert not ResidentAnswer.objects.exists()


def test_nothing_of_the_camera_is_kept(line):
    with storing.open_file(a_photo(line).sha256) as file:
        kept = file.read()
    assert kept.startswith(b"\xff\xd8")
    assert not any(secret in kept for secret in SECRETS)


def test_a_photograph_is_shown_only_after_a_coordinator_of_the_place(line):
    photo = a_photo(line)
    assert not queries.photos_of(line)
    for person in (a_person(), a_member_of_staff("analyst", place=line.budget.place)):
        with pytest.raises(Forbidden):
            answering.decide(photo=photo, by=person, show=True)
    answering.decide(photo=photo, by=a_member_of_staff("coordinator", place=line.budget.place), show=True)
    assert list(queries.photos_of(line)) == [photo]


def test_a_coordinator_does_not_decide_on_their_own(line):
    coordinator = a_member_of_staff("coordinator", place=line.budget.place)
    photo = a_photo(line, by=coordinator)
    assert not queries.photos_waiting_for(coordinator)
    with pytest.raises(Forbidden):
        answering.decide(photo=photo, by=coordinator, show=True)


def test_a_new_photograph_waits_again(line):
    person = a_person()
    photo = a_photo(line, by=person)
    answering.decide(photo=photo, by=a_member_of_staff("coordinator", place=line.budget.place), show=True)
    a_photo(line, by=person)
    assert not queries.photos_of(line)


def test_what_is_taken_back_or_deleted_leaves_no_file(line, django_capture_on_commit_callbacks):
    person = a_person()
    with django_capture_on_commit_callbacks(execute=True):
        sha256 = a_photo(line, by=person).sha256
    with django_capture_on_commit_callbacks(execute=True):
        answering.take_back(line=line, by=person)
    assert not ResidentAnswer.objects.exists()
    with pytest.raises(FileNotFoundError):
        storing.open_file(sha256)
