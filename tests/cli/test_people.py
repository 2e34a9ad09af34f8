"""kurak people and kurak record."""

import pytest
from django.db import connection

from kurak.cli import people, record
from kurak.cli.problems import Problem
from kurak.ground.people.rules import Role, holds
from kurak.ground.safety.actions import record as write_down
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


def test_the_first_coordinator_is_named_on_the_machine(world, capsys):
    person = a_person("aigerim")
    assert people.main(["coordinator", "aigerim", "--place", "KG"]) == 0
    assert holds(person, Role.COORDINATOR, place=world.chuy)
    people.main(["list"])
    assert "aigerim" in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize("words", [["coordinator", "nobody", "--place", "KG"], ["coordinator", "a", "--place", "XX"]])
def test_an_account_or_place_that_is_not_there_is_named(world, words):
    a_person("a")
    with pytest.raises(Problem):
        people.main(words)


def test_a_broken_record_is_an_exit_code(world, capsys):
    write_down(verb="a", on=world.chuy, by=None)
    assert record.main(["verify"]) == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ground_act")
    assert record.main(["verify"]) == 1
    assert "missing at the end" in capsys.readouterr().out
