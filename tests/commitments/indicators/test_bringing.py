"""A file becomes measures; what cannot be one is refused with its line."""

import pytest

from kurak.commitments.indicators.actions import Origin
from kurak.commitments.indicators.models import Indicator, Provider, Series, Target
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.measures.models import Measure
from kurak.ground.measures.queries import standing
from kurak.ground.people.models import Grant
from kurak.ground.safety.models import Act
from kurak.ground.trail.queries import walk_down
from tests.factories.indicators import brought
from tests.factories.people import a_member_of_staff, a_person
from tests.factories.places import a_place, a_small_world

pytestmark = pytest.mark.django_db


def refused(batch) -> list:
    return [(line, code, value) for line, code, value, _sentence in batch.problems]


def test_a_series_becomes_an_indicator_with_its_unit_title_and_direction():
    brought("SH_DYN_MORT,KG,2020,20.5,PER_1000_LIVE_BIRTHS,,", "SH_DYN_MORT,KG,2021,19.5,PER_1000_LIVE_BIRTHS,,")
    indicator = Indicator.objects.get()
    assert str(indicator.title.into("ru")).startswith("Коэффициент смертности")
    assert (indicator.quantity.unit, indicator.quantity.direction) == ("PER_1000_LIVE_BIRTHS", "down")
    assert (indicator.codes, indicator.kind) == (["3.2.1"], "global")
    assert (indicator.targets.get().value, indicator.targets.get().kind) == (25, Target.Kind.GIVEN)


def test_the_same_file_twice_is_one_batch_and_the_same_measures():
    first, again = (brought("A,KG,2020,5,PT,,", "A,KG,2021,6,PT,,") for _ in range(2))
    assert first == again
    assert (first.read, first.new, Measure.objects.count()) == (2, 2, 2)


def test_a_newer_file_supersedes_only_what_it_says_otherwise():
    brought("A,KG,2020,5,PT,,", "A,KG,2021,6,PT,,")
    newer = brought("A,KG,2020,5,PT,,", "A,KG,2021,7,PT,,", "A,KG,2022,8,PT,,")
    assert (newer.new, newer.superseding, newer.unchanged) == (1, 1, 1)
    assert sorted(standing().values_list("value", flat=True)) == [5, 7, 8]


def test_what_cannot_be_read_is_refused_with_line_and_value_and_the_rest_is_taken():
    batch = brought(
        "A,KG,2020,many,PT,,", "A,KG,soon,5,PT,,", ",KG,2020,5,PT,,", "A,KG,2020,5,PT,,", "A,KG,2020,6,PT,,"
    )
    assert refused(batch) == [(2, "value", "many"), (3, "time", "soon"), (4, "series", ""), (6, "twice", "6")]
    assert (batch.new, batch.refused) == (1, 4)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A,KG,2020,5,400,", "unit_mult"),
        ("A,KG,2020,5,0,a;b", "parts"),
        ("A,KG,2020,1e999,0,", "value"),
        ("A,KG,2020,1e300,12,", "unit_mult"),
    ],
)
def test_what_no_database_could_hold_is_refused(row, code):
    batch = brought(row, "A,KG,2021,5,3,", header="series,ref_area,year,value,unit_mult,sex")
    assert [problem[1] for problem in batch.problems] == [code]
    assert standing().get().value == 5000


def test_a_source_needs_a_code_that_an_address_can_have():
    with pytest.raises(Refused) as refusal:
        brought("A,KG,2020,5,PT,,", origin=Origin("данные", "Данные"))
    assert refusal.value.code == "indicators.source_code"


def test_a_row_without_any_place_is_refused_when_the_file_has_none():
    from kurak.commitments.indicators.actions import bring_file
    from tests.factories.indicators import ORIGIN, a_table

    a_place()
    batch = bring_file(data=a_table("A,??,2020,5,PT,,", "A,KG,2020,5,PT,,"), file="f", origin=ORIGIN, by=None)
    assert refused(batch) == [(2, "place", "??")]


def test_codes_of_statistical_offices_find_their_places_and_unknown_areas_stay_parts():
    world = a_small_world()
    world.chuy.codes = {"national": "KG08"}
    world.chuy.save()
    batch = brought("A,KG08,2020,5,PT,,", "A,KGOLD,2020,6,PT,,")
    assert {(each.place.code, each.slice) for each in standing()} == {("KG-C", ""), ("KG", "AREA=KGOLD")}
    assert batch.notes == [["KGOLD is no place here: kept as a part of KG.", 1]]


def test_what_every_row_says_alike_is_no_part():
    brought("A,KG,2020,5,PT,,Y0T4", "A,KG,2020,6,PT,F,Y0T4")
    assert set(standing().values_list("slice", flat=True)) == {"", "SEX=F"}
    assert Indicator.objects.get().fixed == {"AGE": "Y0T4"}


def test_a_value_that_is_cut_off_keeps_its_side():
    brought("A,KG,2020,<2.5,PT,,", "A,KG,2021,>95,PT,,")
    said = standing().order_by("end").values_list("value", "low", "high", "label")
    assert list(said) == [(2.5, None, 2.5, "approximate"), (95, 95, None, "approximate")]


def test_one_code_in_two_units_is_two_quantities():
    brought("A,KG,2020,5,PT,,", "A,KG,2021,5,PT,,", "A,KG,2020,700,KG,,")
    assert set(Indicator.objects.values_list("code", "quantity__unit")) == {("A", "PT"), ("A--KG", "KG")}


def test_a_bare_number_of_the_framework_is_the_countrys_own_series():
    brought("3.2.1,KG,2020,20,PER_1000_LIVE_BIRTHS,,", place=a_place())
    indicator = Indicator.objects.get()
    assert (indicator.code, indicator.codes, indicator.quantity.direction) == ("KG-3-2-1", ["3.2.1"], "down")


def test_what_a_global_database_reports_inside_a_national_file_has_a_source_of_its_own():
    header = "series,ref_area,year,value,reporting_type"
    brought("A,KG,2020,5,N", "A,KG,2020,6,G", header=header)
    assert dict(Provider.objects.values_list("source__code", "kind")) == {"nsc": "official", "nsc-global": "global"}
    assert set(standing().values_list("source__code", "value")) == {("nsc", 5), ("nsc-global", 6)}


def test_an_indicator_stands_on_the_source_of_its_figures():
    brought("A,KG,2020,5,PT,,")
    assert [step.title for step in walk_down(Indicator.objects.get()).steps] == ["National statistics"]


def test_every_line_is_summed_up():
    brought("A,KG,2020,5,PT,,", "A,KG,2022,7,PT,,", "A,KG,2022,9,PT,F,")
    said = Series.objects.values_list("slice", "n", "since", "until", "first", "last")
    assert set(said) == {("", 2, 2020, 2022, 5, 7), ("SEX=F", 1, 2022, 2022, 9, 9)}


def test_only_an_analyst_of_the_place_brings_figures_in_and_it_is_recorded():
    with pytest.raises(Forbidden):
        brought("A,KG,2020,5,PT,,", by=a_person())
    analyst = a_member_of_staff(Grant.Role.ANALYST, place=a_place())
    brought("A,KG,2020,5,PT,,", by=analyst)
    assert Act.objects.filter(verb="indicators.brought", actor=analyst).exists()


def test_an_analyst_of_one_country_cannot_bring_another_ones():
    analyst = a_member_of_staff(Grant.Role.ANALYST, place=a_place("KG"))
    a_place("KZ")
    with pytest.raises(Forbidden):
        brought("A,KZ,2020,5,PT,,", by=analyst)
    assert not Measure.objects.exists()


def test_civil_societys_own_figures_stand_beside_the_official_ones():
    brought("A,KG,2020,5,PT,,")
    brought("A,KG,2020,9,PT,,", origin=Origin("wells", "Our own count", kind="civil"))
    assert sorted(standing().values_list("value", "source__provider__kind")) == [(5, "official"), (9, "civil")]
