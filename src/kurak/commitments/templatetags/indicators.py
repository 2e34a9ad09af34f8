"""{% followed_by provision %}: by which indicators a provision or a commitment is followed, on the pages of agendas."""

from __future__ import annotations

from typing import Any

from django import template

from kurak.commitments.agendas.models import Commitment, Provision
from kurak.commitments.indicators.showing import followed_by as followed
from kurak.ground.places.models import Place

register = template.Library()


@register.inclusion_tag("commitments/indicators/_followed.html")
def followed_by(thing: Commitment | Provision) -> dict[str, Any]:
    """A commitment at its place; a provision at the place it binds, or everywhere."""
    place = thing.place if isinstance(thing, Commitment) else thing.place or thing.agenda.place
    wide = place.kind in (Place.Kind.WORLD, Place.Kind.REGION)
    return {"rows": followed(thing, place), "wide": wide}
