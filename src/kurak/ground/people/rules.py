"""Who holds which role where. Rooms build their own rules on `holds`."""

from kurak.ground.people.models import Grant
from kurak.ground.places.models import Place

Role = Grant.Role
# A coordinator may do at their place whatever the other roles may.
STAFF = frozenset(Role)


def holds(person, *roles: str, place: Place | None = None) -> bool:
    """Whether the person holds one of the roles at the place, or at a place around it; without a place: anywhere."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    grants = person.grants.filter(role__in={*roles, Role.COORDINATOR})
    if place is not None:
        around = place.ancestors(include_self=True).values_list("pk", flat=True)
        grants = grants.filter(place__in=list(around))
    return grants.exists()


def is_staff(person) -> bool:
    return holds(person, *STAFF)
