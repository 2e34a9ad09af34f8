"""What stands on a draft of an agenda is for nobody but its keepers, wherever it is asked for."""

import pytest
from django.urls import reverse

from kurak.commitments.accounts import actions, queries, rules
from kurak.commitments.accounts.models import Reply
from kurak.commitments.agendas.models import Agenda
from tests.factories.accounts import a_round, words
from tests.factories.people import a_membership, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return a_round()


def into_draft(round_) -> None:
    Agenda.objects.filter(pk=round_.about.agenda.pk).update(status="draft")


def test_an_approved_account_of_a_draft_is_not_found(client, round_):
    account = round_.approved(round_.says())
    into_draft(round_)
    assert client.get(reverse("accounts:account", args=[account.pk])).status_code == 404
    assert client.get(reverse("trail", args=["account", account.pk])).status_code == 404
    assert signed_in(client, round_.member).get(reverse("accounts:account", args=[account.pk])).status_code == 200


def test_the_file_under_it_is_not_opened(round_):
    body = round_.approved(round_.body())
    piece = body.evidence.get()
    piece.public = True
    piece.save()
    assert rules.may_open(None, queries.evidence_called(piece.pk))
    into_draft(round_)
    assert not rules.may_open(None, queries.evidence_called(piece.pk))


def test_questions_and_answers_on_a_draft_have_no_trail(client, round_):
    account = round_.approved(round_.says())
    reply = Reply.objects.create(account=account, organisation=round_.ministry, text=words(), said_by=round_.official)
    assert client.get(reverse("trail", args=["reply", reply.pk])).status_code == 200
    into_draft(round_)
    assert client.get(reverse("trail", args=["reply", reply.pk])).status_code == 404


def test_what_waits_is_shown_to_no_coordinator_who_sits_for_the_authority(round_):
    account = actions.submit(account=round_.says(), by=round_.member)
    assert account in queries.waiting_for(round_.coordinator)
    a_membership(round_.coordinator, round_.ministry)
    assert account not in queries.waiting_for(round_.coordinator)
