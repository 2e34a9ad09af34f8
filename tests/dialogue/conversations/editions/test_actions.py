"""Editions: frozen, counted, and leading down to the statements."""

import pytest

from kurak.dialogue.conversations import actions
from kurak.dialogue.conversations.editions.actions import digest_of_votes, publish_edition
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.measures.loading import load_quantities
from kurak.ground.measures.models import Measure
from kurak.ground.safety.models import Act
from kurak.ground.trail.queries import stands_on
from tests.factories.conversations import a_lively_conversation, a_participant
from tests.factories.people import a_member_of_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db):
    load_quantities()
    return a_member_of_staff("facilitator")


def test_an_edition_stays_as_it_was_while_people_go_on_voting(staff):
    talk = a_lively_conversation(people=20)
    edition = publish_edition(conversation=talk, by=staff)
    before = edition.shown["votes"]
    newcomer = a_participant(talk, number=999)
    actions.cast_vote(statement=talk.statements.first(), vote=1, by=newcomer)
    edition.refresh_from_db()
    assert edition.shown["votes"] == before
    assert digest_of_votes(talk) != edition.input_digest
    assert publish_edition(conversation=talk, by=staff).number == 2


def test_publishing_twice_is_publishing_once(staff):
    talk = a_lively_conversation(people=20)
    assert publish_edition(conversation=talk, by=staff) == publish_edition(conversation=talk, by=staff)


def test_an_edition_is_written_down_and_leads_to_statements(staff):
    talk = a_lively_conversation(people=60)
    edition = publish_edition(conversation=talk, by=staff)
    assert Act.objects.filter(verb="edition.published").count() == 1
    assert len(list(stands_on(edition))) == len(edition.shown["unites"]) > 0


def test_an_edition_states_measures_of_its_place(staff):
    talk = a_lively_conversation(people=20)
    publish_edition(conversation=talk, by=staff)
    stated = dict(Measure.objects.filter(withdrawn_at=None).values_list("quantity__code", "value"))
    assert stated["conversation-participants"] == 20
    assert stated["conversation-votes"] == talk.votes.count()


def test_without_a_picture_there_is_no_edition(staff):
    with pytest.raises(Refused):
        publish_edition(conversation=a_lively_conversation(people=3), by=staff)


def test_strangers_publish_nothing(staff):
    with pytest.raises(Forbidden):
        publish_edition(conversation=a_lively_conversation(people=20), by=None)
