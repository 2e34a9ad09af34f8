"""An index of the ground's models, where Django looks for them."""

from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.people.models import Grant, Membership, Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety.models import Act, Allowance, Chain, Release
from kurak.ground.themes.models import Theme
from kurak.ground.trail.models import Footing

__all__ = [
    "Act",
    "Allowance",
    "Chain",
    "Footing",
    "Grant",
    "Measure",
    "Membership",
    "Organisation",
    "Person",
    "Place",
    "Quantity",
    "Release",
    "Source",
    "Theme",
]
