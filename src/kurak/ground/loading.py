"""Everything that the ground declares in data files, in the order in which it leans on itself."""

from __future__ import annotations

from django.db import transaction

from kurak.ground.measures.loading import load_population, load_quantities
from kurak.ground.places.actions import load_places
from kurak.ground.themes.actions import load_themes


@transaction.atomic
def load_ground() -> dict[str, int]:
    """Create or renew places, themes, quantities and figures; returns how many of each there are."""
    return {
        "places": load_places(),
        "themes": load_themes(),
        "quantities": load_quantities(),
        "figures": load_population(),
    }
