"""The national SDG data of three countries, as their statistical offices publish them, come in whole."""

from pathlib import Path

import pytest

from kurak.commitments.indicators.actions import Origin, bring_file
from kurak.commitments.indicators.models import Indicator
from kurak.ground.measures.models import Measure
from kurak.ground.measures.queries import standing
from kurak.ground.places.actions import load_places
from kurak.ground.places.models import Place
from tests.factories.indicators import read

DATA = Path(__file__).parents[2] / "../shared/data/commitments"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the national data sets (shared/data/commitments) are not there"),
]
SETS = {  # file: place, rows, said twice, refused
    "kgz_national_sdg_2025.csv": ("KG", 26511, 1170, 4),
    "kaz_national_sdg_2024.csv": ("KZ", 45580, 104, 95),
    "tjk_national_sdg_2021.csv": ("TJ", 188, 0, 0),
}


@pytest.mark.parametrize("name", SETS)
def test_every_row_is_stated_said_twice_or_refused_with_a_reason(name):
    load_places()
    place, rows, twice, refused = SETS[name]
    where = Place.objects.get(code=place)
    batch = bring_file(
        data=(DATA / "sdg" / name).read_bytes(), file=name, origin=Origin(name, name), by=None, place=where
    )
    assert (batch.read, batch.repeated, batch.refused) == (rows, twice, refused)
    assert batch.new == rows - twice - refused == Measure.objects.count()
    assert {code for _line, code, _value, _sentence in batch.problems} <= {"twice"}


@pytest.mark.parametrize(
    ("name", "rows", "form"),
    [
        ("kgz_1.1.1.xml", 175, "sdmx-ml-2.1-structure-specific"),
        ("kgz_3.2.1.xml", 540, "sdmx-ml-2.1-structure-specific"),
        ("kgz_8.5.2.xml", 606, "sdmx-ml-2.1-structure-specific"),
        ("tjk_generic_sdmx20_data.xml", 188, "sdmx-ml-2.0-generic"),
    ],
)
def test_the_messages_of_the_offices_are_read(name, rows, form):
    found, report = read((DATA / "sdmx" / name).read_bytes())
    assert (len(found), report.form, report.refused) == (rows, form, 0)


def test_the_message_and_the_table_of_tajikistan_say_the_same():
    load_places()
    tajikistan = Place.objects.get(code="TJ")
    for name in ("sdmx/tjk_generic_sdmx20_data.xml", "sdg/tjk_national_sdg_2021.csv"):
        batch = bring_file(
            data=(DATA / name).read_bytes(), file=name, origin=Origin("tj", "TJ"), by=None, place=tajikistan
        )
    assert (batch.unchanged, batch.new) == (188, 0)


def test_under_five_mortality_of_kyrgyzstan_is_the_whole_countrys_and_is_found_in_its_regions():
    load_places()
    bring_file(data=(DATA / "sdmx/kgz_3.2.1.xml").read_bytes(), file="x", origin=Origin("kg", "KG"), by=None)
    indicator = Indicator.objects.get(code="SH_DYN_MORT")
    of_all = standing().get(quantity=indicator.quantity, place__code="KG", slice="", end__year=2007)
    assert of_all.value == 35.3
    assert standing().filter(quantity=indicator.quantity, place__code="KG-GO", slice="SEX=F").exists()


def test_the_global_database_stands_beside_the_national_figures():
    load_places()
    national = (DATA / "sdg/kgz_national_sdg_2025.csv").read_bytes()
    worldwide = (DATA / "sdg/un_sdg_observations_2020_7countries.csv").read_bytes()
    kyrgyzstan = Place.objects.get(code="KG")
    bring_file(data=national, file="kg", origin=Origin("kg", "KG"), by=None, place=kyrgyzstan)
    batch = bring_file(data=worldwide, file="un", origin=Origin("un", "UN", kind="global"), by=None)
    assert (batch.read, batch.new, batch.refused) == (34785, 34610, 44)
    forest = standing().filter(quantity__code="AG_LND_FRST", place__code="KG", slice="")
    assert set(forest.values_list("source__provider__kind", flat=True)) == {"official", "global"}
