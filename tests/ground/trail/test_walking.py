"""From a claim one walks down to what it stands on, as far as safety allows."""

import pytest

from kurak.ground.errors import Refused
from kurak.ground.measures.models import Source
from kurak.ground.trail import kinds
from kurak.ground.trail.actions import lay
from kurak.ground.trail.kinds import Kind, Reference
from kurak.ground.trail.models import Footing
from kurak.ground.trail.queries import WIDEST, stands_on, walk_down
from tests.factories.measures import a_measure, a_source

pytestmark = pytest.mark.django_db
FROM = Footing.Relation.COMPUTED_FROM


def sources(*codes: str) -> list[Source]:
    return [a_source(code, title=code) for code in codes]


def test_a_measure_stands_on_its_source():
    measure = a_measure(source=a_source("census", title="The census", url="https://example.org/census"))
    (step,) = walk_down(measure).steps
    assert (step.word, step.relation, step.title) == ("source", "taken from", "The census")
    assert step.url == "https://example.org/census"


def test_saying_it_twice_lays_it_once():
    top, ground = sources("top", "ground")
    lay(claim=top, on=[ground], relation=FROM, by=None)
    lay(claim=top, on=[ground], relation=FROM, by=None)
    assert len(stands_on(top)) == 1


def test_nothing_may_stand_on_itself():
    first, second, third = sources("a", "b", "c")
    lay(claim=first, on=[second], relation=FROM, by=None)
    lay(claim=second, on=[third], relation=FROM, by=None)
    with pytest.raises(Refused) as refusal:
        lay(claim=third, on=[first], relation=FROM, by=None)
    assert refusal.value.code == "trail.circle"


def test_a_kind_that_no_room_registered_is_hidden_and_ends_the_way():
    top, below = sources("top", "below")
    voice = Reference("participant", "7")
    lay(claim=top, on=[voice], relation=FROM, by=None)
    lay(claim=voice, on=[below], relation=FROM, by=None)
    (step,) = walk_down(top).steps
    assert step.hidden
    assert (step.title, step.url, step.steps) == ("", "", [])


def test_who_may_not_see_a_thing_learns_nothing_of_it_or_what_is_below(monkeypatch):
    secret = Kind(
        code="source", word="source", model=Source, find=kinds.by_pk(Source), title=str,
        may_see=lambda source, person: source.code != "secret" or person == "insider",
    )  # fmt: skip
    monkeypatch.setitem(kinds._registered, "source", secret)
    top, hidden, below = sources("top", "secret", "below")
    lay(claim=top, on=[hidden], relation=FROM, by=None)
    lay(claim=hidden, on=[below], relation=FROM, by=None)
    assert walk_down(top).steps[0].steps == []
    assert walk_down(top, person="insider").steps[0].steps[0].title == "below"


def test_what_was_met_before_is_named_again_but_not_walked_again():
    top, left, right, ground, deep = sources("top", "left", "right", "ground", "deep")
    lay(claim=top, on=[left, right], relation=FROM, by=None)
    for each in (left, right):
        lay(claim=each, on=[ground], relation=FROM, by=None)
    lay(claim=ground, on=[deep], relation=FROM, by=None)
    first, second = [step.steps[0] for step in walk_down(top).steps]
    assert first.title == second.title == "ground"
    assert sorted([len(first.steps), len(second.steps)]) == [0, 1]


def test_a_claim_on_very_many_grounds_says_how_many_more_there_are(django_assert_max_num_queries):
    top, *grounds = sources("top", *(f"s{number}" for number in range(WIDEST + 20)))
    lay(claim=top, on=grounds, relation=FROM, by=None)
    with django_assert_max_num_queries(5):
        step = walk_down(top)
    assert (len(step.steps), step.more) == (WIDEST, 20)
