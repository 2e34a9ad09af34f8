"""kurak sample load, where it must not write anything."""

import pytest

from kurak.cli import sample
from kurak.cli.problems import Problem
from kurak.dialogue.conversations.models import Conversation
from kurak.ground.people.models import Organisation, Person
from tests.factories.conversations import a_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def nothing_was_loaded() -> bool:
    return not any(kind.objects.exists() for kind in (Conversation, Organisation, Person))


def test_nothing_stays_behind_when_something_is_wrong(home, monkeypatch):
    monkeypatch.setattr(sample, "CONVERSATIONS", ("nowhere",))
    with pytest.raises(FileNotFoundError):
        sample.load()
    assert nothing_was_loaded()


def test_nothing_is_loaded_on_the_open_internet(home, settings):
    settings.PRODUCTION = True
    assert sample.offer() == ""
    with pytest.raises(Problem, match="second factor"):
        sample.load()
    assert nothing_was_loaded()


def test_a_name_that_is_taken_is_not_taken_over(home):
    Person.objects.create_user("coordinator", password="mine since long")
    with pytest.raises(Problem, match="coordinator"):
        sample.load()
    assert Person.objects.get().check_password("mine since long")
    assert not Conversation.objects.exists()


def test_a_platform_that_has_conversations_is_left_alone(home):
    a_conversation()
    assert sample.offer() == ""
    assert Conversation.objects.count() == 1
