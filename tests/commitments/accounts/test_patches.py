"""The patchwork of an agenda, coloured by gaps."""

import pytest
from django.urls import reverse

from kurak.commitments.accounts.patches import by_gap, shade
from kurak.commitments.accounts.summing import Gap
from tests.factories.accounts import a_promise, an_account, an_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "colour"), [(0.6, "late"), (-0.5, "dropped"), (0.3, "moving"), (0.1, "done"), (None, "waiting")]
)
def test_a_gap_has_its_colour(value, colour):
    assert shade(Gap(value)).shade == colour


def test_a_provision_takes_the_widest_gap_of_all_places(world):
    for place, state in ((world.kyrgyzstan, "half"), (world.kazakhstan, "done")):
        article = an_article(place=place)
        an_account(article, state, grader="state", said_by="Ministry")
        an_account(article, "half", said_by="Clear Water")
    assert by_gap(article.agenda, [article.it])[article.it.pk].shade == "late"


def test_the_colouring_is_offered_where_there_are_accounts(client):
    promise = a_promise()
    url = reverse("agendas:agenda", args=[promise.agenda.code])
    assert "by=gap#patchwork" not in client.get(url).content.decode()
    an_account(promise, "done", grader="state", said_by="Ministry")
    an_account(promise, "begun", said_by="Clear Water")
    assert "by=gap#patchwork" in client.get(url).content.decode()
    assert "The state says far more than civil society found" in client.get(f"{url}?by=gap").content.decode()
