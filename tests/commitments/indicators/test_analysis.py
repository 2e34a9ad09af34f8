"""Series are judged when figures come in, and pages only read what was found."""

import pytest

from kurak.commitments.indicators.actions import set_target
from kurak.commitments.indicators.models import Series, Target
from kurak.engines import progress
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.models import Grant
from kurak.ground.places.models import Place
from tests.factories.indicators import a_line
from tests.factories.people import a_member_of_staff
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db
FALLING = (41.0, 38.5, 36.0, 34.2, 31.9, 30.0, 28.8, 27.1, 26.6)


def line(**about) -> Series:
    return a_line(values=FALLING, since=2016, **about).series.get()


def test_a_row_says_what_the_engine_says():
    found = line()
    made = progress.series(range(2016, 2025), FALLING, direction=-1, limits=(0, None))
    judged = progress.judge_all(made, progress.Target(25.0), now=found.computed_at.year)
    assert found.status == judged.verdict.step
    assert {method: said["status"] for method, said in found.verdicts.items()} == {
        method: each.status for method, each in judged.verdicts.items()
    }
    ahead = progress.project(made, progress.Target(25.0), now=found.computed_at.year)
    assert found.outlook["chance"] == pytest.approx(ahead.met)


def test_what_has_no_better_way_is_not_judged():
    found = line(code="AG_LND_TOTL", unit="HA")
    assert (found.status, found.verdicts, found.n) == ("", {}, 9)


def test_a_part_is_summed_up_and_not_judged():
    indicator = a_line(values=FALLING, since=2016)
    a_line(values=FALLING, since=2016, sex="F")
    assert {each.slice: bool(each.verdicts) for each in indicator.series.all()} == {"": True, "SEX=F": False}


def test_the_headline_is_the_chosen_method_where_it_can_judge():
    from kurak.commitments.indicators.analysis import renew

    indicator = a_line(values=FALLING, since=2016)
    indicator.headline = "sdg-index"
    indicator.save()
    renew({indicator.quantity_id: indicator})
    assert indicator.series.get().method == "sdg-index"


def test_the_target_of_the_place_comes_before_the_worlds():
    indicator = a_line(values=FALLING, since=2016)
    assert indicator.series.get().target.place.kind == Place.Kind.WORLD
    set_target(indicator=indicator, place=a_place(), year=2028, value=10, by=None, kind=Target.Kind.GIVEN)
    found = indicator.series.get()
    assert (found.target.value, found.outlook["year"]) == (10, 2028)


def test_a_target_that_halves_is_counted_from_the_countrys_own_2015():
    indicator = a_line("SI_POV_NAHC", (30.0, 32.0, 28.0, 25.0), since=2014, unit="PT")
    found = indicator.targets.get()
    assert (found.place.code, found.value, found.baseline_year, found.kind) == ("KG", 16, 2015, "given")
    a_line("SI_POV_NAHC", (30.0, 36.0), since=2014, unit="PT")
    assert indicator.targets.get().value == 18


def test_only_an_analyst_of_the_place_sets_a_target_and_its_years_run_forward():
    indicator = a_line()
    analyst = a_member_of_staff(Grant.Role.ANALYST, place=a_place("KZ"))
    with pytest.raises(Forbidden):
        set_target(indicator=indicator, place=a_place("KG"), year=2030, value=1, by=analyst)
    with pytest.raises(Refused):
        set_target(indicator=indicator, place=a_place("KZ"), year=2030, value=1, by=analyst, baseline_year=2031)


def test_a_value_beyond_its_natural_limit_does_not_stop_the_rest():
    found = a_line("SE_PRE_PARTN", (80, 90, 104), since=2021, unit="PT").series.get()
    assert found.verdicts["open-sdg"]["status"]


def test_series_of_another_year_are_judged_anew_and_those_of_this_one_are_not():
    from kurak.commitments.indicators.tasks import renew_what_is_of_another_year

    found = line()
    assert renew_what_is_of_another_year() == 0
    Series.objects.filter(pk=found.pk).update(engine="progress 1, 1999", status="achieved")
    assert renew_what_is_of_another_year() == 1
    assert Series.objects.get().status == found.status
