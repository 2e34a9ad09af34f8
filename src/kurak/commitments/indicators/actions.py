"""The only writes of indicators: files come in, targets are set, what is known of a series is renewed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kurak.commitments.agendas.models import Provision
from kurak.commitments.indicators import rules
from kurak.commitments.indicators.analysis import BASE_YEAR, renew
from kurak.commitments.indicators.declared import ANALYSTS, Aim, Known, known, limits_of
from kurak.commitments.indicators.models import Batch, Indicator, Provider, Target, Voice
from kurak.commitments.indicators.reading.files import rows_of
from kurak.commitments.indicators.reading.rows import Report, unreadable
from kurak.commitments.indicators.taking import Series, Taken, slug, taken
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.folding import fold
from kurak.ground.languages.text import Text
from kurak.ground.measures.actions import cite
from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.measures.stating import Stated, state_many
from kurak.ground.people.models import Person
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record
from kurak.ground.themes.models import Theme
from kurak.ground.trail.actions import lay_alike
from kurak.ground.trail.models import Footing

# What differs in next year's file without saying anything new of the years before.
ASIDE = ("made_from", "method")
MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file is from. code: of the source; kind: whose word it is."""

    code: str
    title: str
    kind: str = Voice.OFFICIAL
    url: str = ""
    licence: str = ""


@transaction.atomic
def bring_file(
    *, data: bytes, file: str, origin: Origin, by: Person | None, place: Place | None = None, copied: bool = False
) -> Batch:
    """Take the observations of a file in. What cannot be read one way only is refused and reported, row by row; what
    can is stated. Bringing the same file twice changes nothing and gives the batch of the first time.

    place: of rows that name none. copied: the file is a copy of the source's. by: an analyst of every place in it.
    """
    if by is not None and not rules.may_bring(by, place):
        raise Forbidden("indicators.not_here", _("Only analysts and coordinators of the place bring figures in."))
    sha256 = hashlib.sha256(data).hexdigest()
    report = Report()
    quality = Measure.Quality.COPY if copied else Measure.Quality.ORIGINAL
    method = f"kurak indicators import {file}"
    found = taken(
        list(rows_of(data, report)), report, around=place, quality=quality, method=method, made_from=sha256
    )  # fmt: skip
    if not found.read:
        raise unreadable("empty", _("There is no observation in this file. It needs a row for each value."))
    source = source_of(origin, place)
    indicators = declare(found, origin, source)
    stated = stated_of(found, origin, place, source, by)
    if any(each.new or each.superseding for each in stated) or not summed_before(indicators):
        aim_from_base(indicators.values())
        renew(indicators)
    return batch_of(found, report, stated, file=file, sha256=sha256, source=source, place=place, by=by)


def source_of(origin: Origin, place: Place | None) -> Source:
    if not slug(origin.code):
        raise Refused(
            "indicators.source_code",
            _("Give the source a code of Latin letters, digits and hyphens."),
            asked=origin.code,
        )
    known_of = {name: value for name, value in (("url", origin.url), ("licence", origin.licence)) if value}
    source = cite(code=slug(origin.code)[:60].lower(), title=origin.title, **known_of)
    Provider.objects.update_or_create(source=source, defaults={"kind": origin.kind, "place": place})
    return source


def stated_of(
    found: Taken, origin: Origin, place: Place | None, source: Source, by: Person | None
) -> list[Stated]:  # fmt: skip
    """What a file reports from a global database is stated as such, beside the file's own."""
    done = []
    for voice, statements in found.statements.items():
        of_voice = source
        if voice and voice != origin.kind:
            title = f"{origin.title} ({_('reported from global databases')})"
            of_voice = source_of(Origin(f"{origin.code}-{voice}", title, voice, origin.url, origin.licence), place)
        done.append(state_many(statements, source=of_voice, by=by, aside=ASIDE))
    return done


def batch_of(
    found: Taken, report: Report, stated: list[Stated], *, file: str, sha256: str, source: Source,
    place: Place | None, by: Person | None,
) -> Batch:  # fmt: skip
    counts = {name: sum(getattr(each, name) for each in stated) for name in ("new", "superseding", "unchanged")}
    before = Batch.objects.filter(sha256=sha256, source=source).first()
    if before is not None and not counts["new"] and not counts["superseding"]:
        return before
    notes = sorted(report.notes.items(), key=lambda each: -each[1])[:MOST_NOTES]
    batch = Batch.objects.create(
        file=file[:200], sha256=sha256, form=report.form[:30], source=source, place=place, read=found.read,
        repeated=found.repeated, refused=report.refused, problems=sorted(list(each) for each in report.problems),
        notes=[list(each) for each in notes], brought_by=by, **counts,
    )  # fmt: skip
    record(verb="indicators.brought", on=batch, by=by, file=file, sha256=sha256, refused=report.refused, **counts)
    return batch


def declare(found: Taken, origin: Origin, source: Source) -> dict[int, Indicator]:
    """The indicators of a file, made where they are new; what their quantities are split by, added to.
    {number of the quantity: indicator}."""
    quantities = {each.code: each for each in Quantity.objects.filter(code__in=found.series)}
    indicators = {
        each.code: each for each in Indicator.objects.filter(code__in=found.series).select_related("quantity")
    }
    goals = {theme.number: theme for theme in Theme.objects.filter(kind=Theme.Kind.GOAL)}
    for code, series in found.series.items():
        told = known(code.split("--")[0], series.group) or Known(Text("", code))
        quantity = quantities.get(code) or Quantity(code=code, name=told.title, kind=Quantity.Kind.AMOUNT)
        if grown(quantity, series, told):
            quantity.save()
        if code not in indicators:
            indicators[code] = made(quantity, series, told, origin, goals)
    fresh = [each for each in indicators.values() if each.pk is None]
    Indicator.objects.bulk_create(fresh)
    link(indicators.values())
    aim(fresh)
    of_file = Indicator.objects.filter(pk__in=[each.pk for each in indicators.values()])
    lay_alike(claims=of_file, on=source, relation=Footing.Relation.TAKEN_FROM, by=None)
    return {each.quantity_id: each for each in indicators.values()}


def grown(quantity: Quantity, series: Series, told: Known) -> bool:
    """Give the quantity what the file adds to it; whether anything was."""
    before = (quantity.pk, quantity.unit, {name: set(values) for name, values in quantity.dimensions.items()})
    if quantity.pk is None:
        quantity.direction = told.direction
    quantity.unit = quantity.unit or series.unit
    for name, values in series.parts.items():
        quantity.dimensions[name] = sorted({*quantity.dimensions.get(name, ()), *values})
    now = (quantity.pk, quantity.unit, {name: set(values) for name, values in quantity.dimensions.items()})
    return quantity.pk is None or before != now


def made(
    quantity: Quantity, series: Series, told: Known, origin: Origin, goals: Mapping[int, Theme]
) -> Indicator:  # fmt: skip
    least, most = limits_of(told.title.body, quantity.unit)
    codes = list(told.codes)
    words = [quantity.code, told.title.body, *codes, *(body for body, _made in told.title.translations.values())]
    return Indicator(
        code=quantity.code, quantity=quantity, title=told.title, kind=kind_of(quantity.code, told, origin), codes=codes,
        goal=goals.get(told.goal or 0), least=least, most=most, parity=told.parity, fixed=series.fixed,
        direction_by=ANALYSTS if told.direction != Quantity.Direction.NEITHER else "",
        folded=fold(" ".join(words)),
    )  # fmt: skip


def kind_of(code: str, told: Known, origin: Origin) -> str:
    """Whose definition it is: a series of the framework is global, whoever reports it."""
    if origin.kind == Voice.CIVIL:
        return Voice.CIVIL
    national = told.national or code.startswith("_L_") or not told.codes
    return Voice.OFFICIAL if national else Voice.GLOBAL


def link(indicators: Iterable[Indicator]) -> int:
    """Link indicators to the targets of the global goals that they belong to, where the agenda is here; how many."""
    places = Provision.objects.filter(agenda__kind="sdg", agenda__level="global", ended=False)
    targets = {each.code: each for each in places}
    through = Indicator.provisions.through
    rows = [
        through(indicator_id=each.pk, provision_id=targets[code].pk)
        for each in indicators
        for code in {code.rpartition(".")[0] for code in each.codes}
        if code in targets
    ]
    through.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def aim(indicators: Iterable[Indicator]) -> None:
    """Give indicators of the framework the targets that the data files know, for every place."""
    world = Place.objects.filter(kind=Place.Kind.WORLD).first()
    aims = [
        Target(indicator=each, place=world, year=goal.year, value=goal.value, kind=goal.kind, source=goal.basis)
        for each, goal in aimed(indicators)
        if world is not None and not goal.of_base
    ]
    Target.objects.bulk_create(aims, ignore_conflicts=True)


def aimed(indicators: Iterable[Indicator]) -> Iterator[tuple[Indicator, Aim]]:
    """The indicators of the framework for which the data files know a target in their unit."""
    for each in indicators:
        told = known(each.code, each.codes[0] if each.codes and not each.code.startswith("_L_") else "")
        if told is None or told.aim is None or told.national:
            continue
        if not each.quantity.unit or each.quantity.unit in told.aim.units:
            yield each, told.aim


def aim_from_base(indicators: Iterable[Indicator]) -> None:
    """Give every country the targets that are a share of its own value of 2015, or of the first year after it that has
    one. A base that was corrected corrects the target."""
    for each, goal in aimed(indicators):
        if goal.of_base:
            for place, year, base in bases_of(each):
                told = {"value": goal.value * base, "baseline_year": year, "baseline": base, "source": goal.basis}
                Target.objects.update_or_create(
                    indicator=each, place=place, slice="", year=goal.year, kind=goal.kind, defaults=told
                )


def bases_of(indicator: Indicator) -> list[tuple[Place, int, float]]:
    """(country, year, value) of the first value since 2015, the official one before others."""
    rows = Measure.objects.filter(quantity=indicator.quantity_id, slice="", withdrawn_at=None, end__year__gte=BASE_YEAR)
    rows = rows.filter(place__kind=Place.Kind.COUNTRY).select_related("place")
    order = [Voice.OFFICIAL, Voice.GLOBAL, Voice.CIVIL]
    kinds = dict(Provider.objects.values_list("source", "kind"))
    found: dict[int, Measure] = {}
    for each in sorted(rows, key=lambda row: (order.index(Voice(kinds.get(row.source_id, "civil"))), row.end)):
        found.setdefault(each.place_id, each)
    return [(each.place, each.end.year, each.value) for each in found.values()]


def summed_before(indicators: Mapping[int, Indicator]) -> bool:
    """Whether something was computed of all these before."""
    from kurak.commitments.indicators.models import Series as Line

    return Line.objects.filter(indicator__in=[each.pk for each in indicators.values()]).exists()


@transaction.atomic
def set_target(
    *, indicator: Indicator, place: Place, year: int, value: float, by: Person | None, **about: Any
) -> Target:
    """Say where an indicator should be at a place in a year. The same kind of target for the year is replaced."""
    if by is not None and not rules.may_bring(by, place):
        raise Forbidden("indicators.not_here", _("Only analysts and coordinators of the place set targets."))
    if about.get("baseline_year") and about["baseline_year"] >= year:
        raise Refused("indicators.target_years", _("The year of the target comes after the year it starts from."))
    identity = {"slice": about.pop("slice", ""), "kind": about.pop("kind", Target.Kind.ANALYSTS)}
    target, _made = Target.objects.update_or_create(
        indicator=indicator, place=place, year=year, **identity, defaults={"value": value, **about}
    )
    record(verb="indicators.target_set", on=target, by=by, value=value)
    renew({indicator.quantity_id: indicator})
    return target


@transaction.atomic
def renew_everything() -> int:
    """Link every indicator to the agendas that have come since, and judge every series anew; returns how many."""
    indicators = list(Indicator.objects.select_related("quantity"))
    link(indicators)
    aim(indicators)
    aim_from_base(indicators)
    return renew({each.quantity_id: each for each in indicators})
