"""The trail of anything, down to statements and never to a person."""

import pytest

from kurak.dialogue.conversations.models import Statement
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.measures import a_measure, a_source

pytestmark = pytest.mark.django_db


def test_from_a_figure_down_to_a_statement_and_up_again(client):
    statement, measure = a_statement(text="Test the wells every spring."), a_measure(12)
    lay(claim=measure, on=[statement], relation=Footing.Relation.COMPUTED_FROM, by=None)
    assert "Test the wells every spring." in client.get(f"/trail/measure/{measure.pk}/").content.decode()
    above = client.get(f"/trail/statement/{statement.pk}/").content.decode()
    assert f"/trail/measure/{measure.pk}/" in above


def test_a_rejected_statement_is_not_shown(client):
    statement = a_statement(text="Names a neighbour.", status=Statement.Status.REJECTED)
    lay(claim=a_source(), on=[statement], relation=Footing.Relation.QUOTES, by=None)
    page = client.get(f"/trail/source/{a_source().pk}/").content.decode()
    assert "Names a neighbour." not in page
    assert "to keep people safe" in page
    assert client.get(f"/trail/statement/{statement.pk}/").status_code == 404


def test_statements_of_a_conversation_by_link_are_not_shown_to_strangers(client):
    statement = a_statement(a_conversation(admission="link"), "Among ourselves.")
    assert client.get(f"/trail/statement/{statement.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["participant/1", "person/1", "measure/0", "measure/none", "statement/9" + "9" * 30])
def test_what_is_no_kind_of_the_trail_is_not_there(client, path):
    a_participant()
    assert client.get(f"/trail/{path}/").status_code == 404
