"""What an account is about: a commitment, or a provision as it binds one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kurak.commitments.agendas.models import Agenda, Commitment, Provision
from kurak.commitments.agendas.queries import agenda_called, commitment_called, provision_called
from kurak.ground.errors import Refused
from kurak.ground.languages.text import Text
from kurak.ground.places.models import Place
from kurak.ground.places.queries import place_called


@dataclass(frozen=True, slots=True)
class Thing:
    """A commitment has its own place; a provision is looked at in a place."""

    it: Commitment | Provision
    place: Place

    @property
    def commitment(self) -> Commitment | None:
        return self.it if isinstance(self.it, Commitment) else None

    @property
    def provision(self) -> Provision | None:
        return self.it if isinstance(self.it, Provision) else None

    @property
    def agenda(self) -> Agenda:
        return self.it.agenda

    @property
    def title(self) -> Text:
        return self.it.title

    @property
    def code(self) -> str:
        return self.it.code

    @property
    def word(self) -> str:
        return "commitment" if self.commitment else "provision"

    @property
    def fields(self) -> dict[str, Any]:
        """As the columns of an account, a question and a due date."""
        return {"commitment": self.commitment, "provision": self.provision, "place": self.place}

    @property
    def key(self) -> tuple[str, int, int]:
        return (self.word, self.it.pk, self.place.pk)

    @property
    def url(self) -> str:
        if self.commitment:
            return reverse("accounts:commitment", args=[self.agenda.code, self.code])
        return reverse("accounts:provision", args=[self.agenda.code, self.code, self.place.code])

    @property
    def query(self) -> str:
        """The thing in the query of an address."""
        return urlencode({"agenda": self.agenda.code, self.word: self.code, "place": self.place.code})


def of_commitment(commitment: Commitment) -> Thing:
    return Thing(commitment, commitment.place)


def of_provision(provision: Provision, place: Place) -> Thing:
    """A recommendation to one state is looked at there and inside it, nowhere else."""
    binds = provision.place or provision.agenda.place
    if binds.kind not in {Place.Kind.WORLD, Place.Kind.REGION} and not _inside(place, binds):
        raise Refused(
            "account.elsewhere",
            _("This does not bind %(place)s. Choose a place that it was made for.") % {"place": place.code},
            place=place.code,
        )
    return Thing(provision, place)


def _inside(place: Place, outer: Place) -> bool:
    return place.pk == outer.pk or place.ancestors().filter(pk=outer.pk).exists()


def thing_of(row: Any) -> Thing:
    """What an account or a question is about."""
    return Thing(row.commitment or row.provision, row.place)


def thing_named(
    *, agenda: str, commitment: str = "", provision: str = "", place: str = "", person: Any = None
) -> Thing:
    """By its codes, if this reader may see it."""
    found = agenda_called(agenda, person=person)
    if commitment:
        return of_commitment(commitment_called(found, commitment))
    part = provision_called(found, provision)
    return of_provision(part, place_called(place) if place else part.place or found.place)
