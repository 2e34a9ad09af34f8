"""What a country promised, a theme across agendas, the region compared."""

from datetime import date

import pytest

from kurak.commitments.agendas.models import Participation
from kurak.commitments.overviews.queries import gaps_of, promised, region, strands, tally
from kurak.commitments.shadow import actions
from tests.factories.commitments import a_commitment, a_crosswalk, a_provision, an_agenda
from tests.factories.places import a_place, a_small_world, a_theme
from tests.factories.shadow import a_coalition

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


def test_commitments_are_tallied_by_what_their_status_says():
    agenda = an_agenda()
    for status in ("done", "under-way", "late", "dropped", "partly-done", "unknown"):
        a_commitment(agenda, status=status)
    counted = tally(agenda.commitments.all(), TODAY)
    assert (counted.n, counted.kept, counted.open, counted.ended, counted.unknown) == (6, 1, 2, 2, 1)
    assert counted.share == 0.2


@pytest.mark.parametrize(("status", "late"), [("under-way", 1), ("done", 0)])
def test_only_what_is_open_is_late(status, late):
    agenda = an_agenda()
    a_commitment(agenda, status=status, deadline=date(2026, 1, 1))
    assert tally(agenda.commitments.all(), TODAY).late == late


def test_of_nothing_there_is_no_share():
    assert tally([]).share is None


def test_a_country_shows_what_was_promised_inside_it_too():
    world = a_small_world()
    agenda = an_agenda(place=world.world)
    a_commitment(agenda, place=world.chuy)
    a_commitment(agenda, place=world.kazakhstan)
    found = promised(world.kyrgyzstan)
    assert found.tally.n == 1
    assert [each.code for each, _tally in found.agendas] == [agenda.code]


def test_a_draft_of_an_agenda_is_not_shown():
    agenda = an_agenda(status="draft")
    a_commitment(agenda)
    assert promised(agenda.place).tally.n == 0
    assert promised(agenda.place).agendas == []


def test_a_country_shows_its_widest_gaps_and_its_reports():
    made = a_coalition()
    actions.freeze(report=made.report, by=made.officer)
    found = promised(made.place)
    assert [each.gap.value for each in found.gaps] == [1.0]
    assert [each.report.code for each in found.reports] == ["assembly-2026"]


def test_conventions_are_counted_by_the_part_of_the_state():
    place = a_place()
    for status in ("party", "party", "signatory", "none"):
        Participation.objects.create(agenda=an_agenda(kind="treaty"), place=place, status=status)
    found = promised(place)
    assert (found.treaties, found.signed) == (2, 1)


def test_a_priority_is_followed_through_agendas_by_their_links():
    theme = a_theme("together")
    vision, goals, other = an_agenda(kind="vision"), an_agenda("sdg", kind="sdg"), an_agenda()
    priority = a_provision(vision, "1", about={"theme": "together"})
    objective = a_provision(vision, "1.1", parent=priority)
    target = a_provision(goals, "16.1")
    a_provision(other, "9")
    a_crosswalk(objective, target)
    a_commitment(goals, to=(target,))
    found = strands(theme)
    assert {each.agenda.code: [part.code for part in each.parts] for each in found} == {
        vision.code: ["1", "1.1"], "sdg": ["16.1"],
    }  # fmt: skip
    assert [len(each.commitments) for each in found if each.agenda == goals] == [1]


def test_a_goal_is_the_goal_of_that_number():
    goal = a_theme("goal-6", kind="goal", number=6)
    agenda = an_agenda("sdg", kind="sdg")
    a_provision(agenda, "6", parent=None)
    a_provision(agenda, "16")
    assert [part.code for part in strands(goal)[0].parts] == ["6"]


def test_gaps_of_a_theme_are_those_of_its_parts():
    made = a_coalition()
    made.article.about = {"theme": "together"}
    made.article.save()
    assert [each.thing.code for each in gaps_of(strands(a_theme("together")))] == ["21"]


def test_countries_stand_side_by_side_over_one_agenda_or_all():
    world = a_small_world()
    made = a_coalition()
    a_commitment(made.agenda, place=world.kyrgyzstan, status="implemented")
    rows = {each.place.code: each for each in region()}
    assert set(rows) == {"KG", "KZ"}
    assert (rows["KG"].tally.kept, rows["KG"].compared, rows["KG"].middle, rows["KG"].wide) == (1, 1, 1.0, 1)
    assert (rows["KZ"].tally.n, rows["KZ"].middle) == (0, None)
    assert {each.place.code: each.tally.n for each in region(an_agenda())} == {"KG": 0, "KZ": 0}


@pytest.mark.parametrize("fields", [{"status": "draft"}, {}])
def test_conventions_are_counted_that_everybody_may_read_and_that_were_compared(fields):
    world = a_small_world()
    agenda = an_agenda(place=world.world, kind="treaty", **fields)
    Participation.objects.create(
        agenda=agenda, place=world.kyrgyzstan, status="party", as_of=TODAY, verified=bool(fields)
    )
    assert promised(world.kyrgyzstan).treaties == 0
    assert {each.treaties for each in region()} == {0}
