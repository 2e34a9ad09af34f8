"""What can be asked of instruments and their editions."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing
from kurak.ground.languages.searching import holding
from kurak.ground.people.models import Person
from kurak.ground.people.rules import Role
from kurak.ground.places.models import Place
from kurak.instruments.catalogue.models import Edition, Instrument

Status = Edition.Status
HEAVY = ("document", "text")  # not needed where editions are listed


def published() -> QuerySet[Edition]:
    """Editions that anybody may read: in force, or retired and kept for their results."""
    return Edition.objects.exclude(status=Status.DRAFT).select_related("instrument")


def newest() -> QuerySet[Edition]:
    """The one edition of each instrument that its page begins with: the newest in force, else the newest retired."""
    of_instrument = published().filter(instrument=OuterRef("instrument"))
    first = of_instrument.order_by("status", "-dated", "-revision").values("pk")[:1]  # published before retired
    return published().filter(pk=Subquery(first))


def found(*, kind: str = "", units: str = "", label: str = "", words: str = "") -> QuerySet[Edition]:
    """The newest editions of instruments of this kind, for these units, so exact, and with these words in them."""
    editions = newest().defer(*HEAVY)
    asked = {"instrument__kind": kind, "instrument__units": units, "label": label}
    return holding(
        editions.filter(**{field: value for field, value in asked.items() if value}), words, field="instrument__folded"
    )


def instrument_called(code: str) -> Instrument:
    """An instrument that has something published."""
    readable = Exists(published().filter(instrument=OuterRef("pk")))
    instrument = Instrument.objects.filter(readable, code=code).first()
    if instrument is None:
        raise Missing("instrument.missing", _("There is no such instrument. The catalogue shows them all."), asked=code)
    return instrument


def editions_of(instrument: Instrument) -> QuerySet[Edition]:
    """What is published of it, newest first; of each edition every revision."""
    return published().filter(instrument=instrument).defer(*HEAVY)


def newest_of(instrument: Instrument) -> Edition:
    return newest().get(instrument=instrument)


def edition_called(code: str, edition: str, revision: int | None = None) -> Edition:
    """A published edition by its name, in its newest revision if none is asked for."""
    named = published().filter(instrument__code=code, edition=edition).order_by("-revision")
    if revision is not None:
        named = named.filter(revision=revision)
    chosen = named.first()
    if chosen is None:
        raise Missing(
            "edition.missing",
            _("This instrument has no such edition. Its page shows those that there are."),
            asked=f"{code} {edition}",
        )
    return chosen


def newer_than(edition: Edition) -> Edition | None:
    """The revision that corrects this one."""
    same = published().filter(instrument=edition.instrument, edition=edition.edition, revision__gt=edition.revision)
    return same.order_by("-revision").first()


def places_for(person: Person) -> QuerySet[Place]:
    """Where the person may build instruments."""
    granted = Place.objects.filter(grants__person=person, grants__role__in=(Role.ANALYST, Role.COORDINATOR))
    inside = {each.pk for place in granted.distinct() for each in place.descendants(include_self=True)}
    return Place.objects.filter(pk__in=inside)


def built_by(person: Person) -> QuerySet[Instrument]:
    """Instruments that the person may change, newest change first."""
    mine = Instrument.objects.filter(shipped=False, place__in=places_for(person))
    last = Edition.objects.filter(instrument=OuterRef("pk")).order_by("-changed_at").values("changed_at")[:1]
    return mine.annotate(changed=Subquery(last)).order_by("-changed")


def draft_called(pk: Any) -> Edition | None:
    """An edition by its number, whatever its status."""
    return Edition.objects.select_related("instrument__place", "changed_by").filter(pk=pk).first()


def last_periods(instrument: Instrument) -> dict[int, str]:
    """{country: the last period with a published score} of all editions."""
    scored = Place.objects.filter(
        kind=Place.Kind.COUNTRY,
        scores__run__edition__instrument=instrument,
        scores__run__status="published",
        scores__value__isnull=False,
    )
    return dict(scored.values_list("pk").annotate(last=Max("scores__period")))


def data_sets_of(*editions: Edition) -> list[Any]:
    """Tables that were brought in for these editions, newest first."""
    return [each for edition in editions for each in edition.data_sets.select_related("source")]
