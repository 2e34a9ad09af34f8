import pytest

from kurak.ground.places.actions import load_places
from kurak.ground.places.models import Place


@pytest.fixture
def region():
    """The places as the platform has them."""
    load_places()
    return Place.objects.get(code="central-asia")
