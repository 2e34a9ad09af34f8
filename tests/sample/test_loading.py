"""kurak sample load."""

import pytest

from kurak.cli import sample
from kurak.cli.problems import Problem
from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
from kurak.dialogue.conversations.moderation.models import Decision
from kurak.ground.people.models import Grant, Organisation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def everything() -> list[int]:
    kinds = (Conversation, Participant, Statement, Vote, Organisation, Person, Grant)
    return [kind.objects.count() for kind in kinds]


def test_two_open_conversations_at_the_region(home):
    sample.load()
    found = Conversation.objects.filter(phase="open", place__code="central-asia")
    assert {each.participants.count() for each in found} == {420, 260}
    assert all(each.organisation and each.themes.count() == 2 for each in found)


def test_loading_twice_is_loading_once(home):
    first = sample.load()
    before = everything()
    assert sample.load() == first
    assert everything() == before


def test_the_coordinator_can_sign_in_with_what_is_told(home, client):
    password = sample.load().rsplit(" ", 1)[1]
    assert Person.objects.get(username="coordinator").check_password(password)
    assert (home / sample.KEPT_IN).stat().st_mode & 0o077 == 0


def test_a_name_that_is_taken_is_not_taken_over(home):
    Person.objects.create_user("coordinator", password="mine since long")
    with pytest.raises(Problem, match="coordinator"):
        sample.load()
    assert Person.objects.get().check_password("mine since long")
    assert not Conversation.objects.exists()


def test_nothing_is_loaded_on_the_open_internet(home, settings):
    settings.PRODUCTION = True
    assert sample.offer() == ""
    with pytest.raises(Problem, match="second factor"):
        sample.load()
    assert everything() == [0] * 7


def test_moderators_have_decided_on_some_statements_and_others_wait(home):
    sample.load()
    verbs = Decision.objects.values_list("conversation__slug", "statement__number", "verb")
    assert ("water-air-and-warmth", 45, "rejected") in verbs
    assert ("schools-youth-and-local-budget", 44, "merged") in verbs
    assert Statement.objects.filter(status=Statement.Status.WAITING).count() == 2


def test_nothing_stays_behind_when_something_is_wrong(home, monkeypatch):
    monkeypatch.setattr(sample, "CONVERSATIONS", ("water", "nowhere"))
    with pytest.raises(FileNotFoundError):
        sample.load()
    assert everything() == [0] * 7


def test_a_platform_that_has_conversations_is_left_alone(home):
    from tests.factories.conversations import a_conversation

    a_conversation()
    assert sample.offer() == ""
    assert Conversation.objects.count() == 1
