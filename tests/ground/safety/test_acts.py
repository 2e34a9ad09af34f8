"""The chain of acts: complete, in one line, and unchangeable."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.utils.translation import gettext_lazy

from kurak.ground.errors import Forbidden
from kurak.ground.safety.actions import record, record_read
from kurak.ground.safety.models import Act
from kurak.ground.safety.queries import acts, verify_chain
from tests.factories.people import a_person
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db


def three_acts():
    place, person = a_place(), a_person()
    return [record(verb=verb, on=place, by=person, reason="asked for", number=1) for verb in ("a", "b", "c")]


def behind_the_back(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_chain_that_nobody_touched_holds():
    three_acts()
    verdict = verify_chain()
    assert (verdict.whole, verdict.acts) == (True, 3)


def test_an_empty_chain_holds():
    assert verify_chain().whole


def test_a_changed_reason_is_found():
    second = three_acts()[1]
    behind_the_back("UPDATE ground_act SET reason = 'nothing' WHERE id = %s", second.pk)
    assert (verify_chain().whole, verify_chain().broken_at) == (False, second.pk)


def test_an_act_taken_out_is_found():
    _, second, third = three_acts()
    behind_the_back("DELETE FROM ground_act WHERE id = %s", second.pk)
    assert verify_chain().broken_at == third.pk


def test_an_act_cut_off_at_the_end_is_found():
    last = three_acts()[-1]
    behind_the_back("DELETE FROM ground_act WHERE id = %s", last.pk)
    assert not verify_chain().whole


def test_an_act_put_on_somebody_else_is_found():
    first = three_acts()[0]
    behind_the_back("UPDATE ground_act SET actor_id = %s WHERE id = %s", a_person().pk, first.pk)
    assert verify_chain().broken_at == first.pk


def test_the_chain_holds_when_the_account_is_erased():
    acts_of_one = three_acts()
    acts_of_one[0].actor.delete()
    assert verify_chain().whole
    assert Act.objects.filter(actor=None).count() == 3


def test_details_of_every_kind_can_be_verified():
    place = a_place()
    record(verb="a", on=place, by=None, label=gettext_lazy("Kyrgyzstan"), share=0.1, pair=(1, 2), empty=None)
    assert verify_chain().whole


@pytest.mark.parametrize("change", [lambda act: act.save(), lambda act: act.delete()])
def test_an_act_refuses_to_be_changed(change):
    with pytest.raises(Forbidden):
        change(three_acts()[0])


def test_acts_refuse_to_be_changed_together():
    three_acts()
    with pytest.raises(Forbidden):
        Act.objects.update(reason="")
    with pytest.raises(Forbidden):
        Act.objects.all().delete()


def test_a_read_of_a_restricted_record_is_an_act():
    person = a_person()
    record_read(on=person, by=person, reason="complaint 7")
    assert acts(verb="record.read", actor=person.username).get().reason == "complaint 7"


def test_acts_are_found_by_what_they_were_done_to():
    three_acts()
    assert [act.verb for act in acts(subject="place:")] == ["c", "b", "a"]
    assert not acts(subject="statement:").exists()


def append_ten(place, person, failures):
    try:
        for _ in range(10):
            with transaction.atomic():
                record(verb="at.once", on=place, by=person)
    except Exception as problem:
        failures.append(problem)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_acts_at_once_do_not_fork_the_chain():
    if connection.vendor == "sqlite":
        pytest.skip("the in-memory SQLite of tests has one connection; the PostgreSQL round runs this")
    place, person, failures = a_place(), a_person(), []
    threads = [threading.Thread(target=append_ten, args=(place, person, failures)) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not failures
    assert (verify_chain().whole, verify_chain().acts) == (True, 40)
