"""An index of the ground's models, where Django looks for them."""

from kurak.ground.people.models import Grant, Membership, Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety.models import Act
from kurak.ground.themes.models import Theme

__all__ = ["Act", "Grant", "Membership", "Organisation", "Person", "Place", "Theme"]
