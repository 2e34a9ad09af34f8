"""What the journeys through indicators begin with: nine years of under-five mortality, in all and by sex."""

from kurak.commitments.indicators.actions import Origin, bring_file
from kurak.ground.people.models import Grant
from kurak.ground.places.models import Place
from tests.factories.indicators import a_table
from tests.journeys.data_desk import signed_in

FALLING = (41.0, 38.5, 36.0, 34.2, 31.9, 30.0, 28.8, 27.1, 26.6)


def mortality() -> dict:
    rows = [f"SH_DYN_MORT,KG,{2016 + at},{value},PER_1000_LIVE_BIRTHS,," for at, value in enumerate(FALLING)]
    rows += ["SH_DYN_MORT,KG,2024,25.2,PER_1000_LIVE_BIRTHS,F,", "SH_DYN_MORT,KG,2024,28.1,PER_1000_LIVE_BIRTHS,M,"]
    origin = Origin("journey", "National statistics of the journey")
    place = Place.objects.get(code="KG")
    batch = bring_file(data=a_table(*rows), file="mortality.csv", origin=origin, by=None, place=place)
    return {"batch": batch.pk}


def an_analyst() -> dict:
    return signed_in(Grant.Role.ANALYST)
