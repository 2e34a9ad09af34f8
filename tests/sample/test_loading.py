"""kurak sample load."""

import pytest

from kurak.cli import sample
from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
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


def test_authors_are_participants_who_have_voted(home):
    sample.load()
    authors = Participant.objects.filter(statements__isnull=False)
    assert not authors.filter(votes__isnull=True).exists()
    assert authors.exists()


def test_the_coordinator_can_sign_in_with_what_is_told(home, client):
    password = sample.load().rsplit(" ", 1)[1]
    assert Person.objects.get(username="coordinator").check_password(password)
    assert (home / sample.KEPT_IN).stat().st_mode & 0o077 == 0


def test_a_name_that_is_taken_keeps_its_account(home):
    Person.objects.create_user("coordinator", password="mine since long")
    sample.load()
    theirs = Person.objects.get(username="coordinator")
    assert theirs.check_password("mine since long")
    assert not theirs.grants.exists()


def test_on_the_open_internet_no_accounts_are_made(home, settings):
    settings.PRODUCTION = True
    sample.load()
    assert not Person.objects.exists()


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
