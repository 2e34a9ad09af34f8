"""What the journeys through the catalogue begin with."""

from kurak.ground.people.models import Grant
from kurak.ground.places.models import Place
from kurak.instruments.catalogue.models import Edition
from tests.factories.catalogue import a_document, an_edition, an_instrument
from tests.journeys.data_desk import signed_in


def an_analyst() -> dict:
    return signed_in(Grant.Role.ANALYST)


def two_editions() -> dict:
    """An instrument with an edition that weighs otherwise than the one before."""
    wells = an_instrument("journey-wells", place=Place.objects.get(code="KG"))
    if not wells.editions.exists():
        tree = a_document()["tree"]
        tree["children"][0]["weight"] = 1
        an_edition(wells)
        an_edition(wells, edition="2027", dated="2027-01-01", tree=tree, example=None)
    before, after = (Edition.objects.get(instrument=wells, edition=each).pk for each in ("2026", "2027"))
    return {"code": wells.code, "before": before, "after": after}
