"""Which place a file means: our codes, ISO 3166, UN M.49, and the codes of national statistical offices."""

from __future__ import annotations

from kurak.ground.places.models import Place


class Areas:
    """All places by every code they have. What is none of them keeps its code as a part of its country."""

    def __init__(self, around: Place | None = None) -> None:
        """around: the place of rows that name none, and of areas that are no place here."""
        self.around = around
        self.known: dict[str, Place] = {}
        places = list(Place.objects.all())
        for place in places:
            self.known[place.code.casefold()] = place
        for place in places:
            for code in place.codes.values():
                self.known.setdefault(str(code).casefold(), place)
                self.known.setdefault(str(code).lstrip("0").casefold(), place)

    def of(self, code: str) -> tuple[Place | None, str]:
        """(the place, the code of a part of it): ("KG", "") for a known one, ("KZ", "KZONT") for a part of a country
        that is no place here, (None, code) where not even the country is known."""
        if not code:
            return self.around, ""
        found = self.known.get(code.casefold())
        if found is not None:
            return found, ""
        country = self.known.get(code[:2].casefold()) if len(code) > 2 and code[:2].isalpha() else None
        if country is not None and country.kind == Place.Kind.COUNTRY:
            return country, code
        return self.around, code
