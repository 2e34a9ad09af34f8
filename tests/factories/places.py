"""Places and themes for tests. The real ones are loaded by the platform; these are few and quick."""

from types import SimpleNamespace

from kurak.ground.languages.text import Text
from kurak.ground.places.models import Place
from kurak.ground.themes.models import Theme

NAMES = {"001": "World", "CA": "Central Asia", "KG": "Kyrgyzstan", "KZ": "Kazakhstan", "KG-C": "Chuy"}


def a_place(code: str = "KG", *, kind: str = Place.Kind.COUNTRY, within: Place | None = None) -> Place:
    """The place of that code: made on first use."""
    names = {"en": NAMES.get(code, code)}
    return Place.objects.get_or_create(code=code, defaults={"kind": kind, "parent": within, "names": names})[0]


def a_small_world() -> SimpleNamespace:
    world = a_place("001", kind=Place.Kind.WORLD)
    region = a_place("CA", kind=Place.Kind.REGION, within=world)
    kyrgyzstan, kazakhstan = a_place("KG", within=region), a_place("KZ", within=region)
    chuy = a_place("KG-C", kind=Place.Kind.SUBDIVISION, within=kyrgyzstan)
    return SimpleNamespace(world=world, region=region, kyrgyzstan=kyrgyzstan, kazakhstan=kazakhstan, chuy=chuy)


def a_theme(code: str = "water", *, kind: str = Theme.Kind.PRIORITY, number: int | None = None) -> Theme:
    number = number or 1 + Theme.objects.filter(kind=kind).count()
    defaults = {"kind": kind, "number": number, "name": Text("en", code.title())}
    return Theme.objects.get_or_create(code=code, defaults=defaults)[0]
