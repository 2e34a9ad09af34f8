"""Data come in, are computed, published, withdrawn. A run that was published is never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.measures.actions import cite, withdraw, year
from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.measures.stating import Statement, state_many
from kurak.ground.people.models import Person
from kurak.ground.places.queries import countries
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing
from kurak.instruments.assessments.questions import said
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.results import analysis, rules
from kurak.instruments.results.bringing import Brought, bring, organisations_of, places_of
from kurak.instruments.results.commands import command_of
from kurak.instruments.results.models import DataSet, Run, Score, Trend

LARGEST_SEED = 2**31 - 1
MOST_DRAWS = 10_000


@transaction.atomic
def bring_data(
    *, edition: Edition, name: str, body: bytes, source: Mapping[str, Any], redistributable: bool, by: Person | None
) -> tuple[DataSet, Brought]:
    """Read a file into a data set. The same file again is the same data set.

    source: title, url, licence and citation of whoever published the data. Raises Misdeclared or Unusable with every
    place where the file does not fit, and then nothing is kept."""
    _permitted(by)
    found = bring(edition.document, name, body)
    if not found.units:
        raise Refused("data.empty", _("The file has no rows. Bring one with a row for every unit."))
    before = DataSet.objects.filter(edition=edition, sha256=found.sha256).first()
    if before is not None:
        return before, found
    analysis.checked(edition, found)
    cited = cite(code=f"data-{edition.instrument.code}-{found.sha256[:12]}", **{key: source[key] for key in source})
    data_set = DataSet.objects.create(
        edition=edition, source=cited, name=name[:120], layout=found.layout[:80], columns=found.columns,
        units=found.units,
        periods=found.periods, sha256=found.sha256, redistributable=redistributable, brought_by=by,
    )  # fmt: skip
    record(verb="data.brought", on=data_set, by=by, sha256=found.sha256)
    return data_set, found


@transaction.atomic
def compute_run(*, data_set: DataSet, by: Person | None, draws: int = analysis.DRAWS, seed: int = 0) -> Run:
    """Compute a data set. The same draws and seed give the same run, which is then not stored twice."""
    _permitted(by)
    if not 0 <= draws <= MOST_DRAWS:
        raise Refused("run.draws", _("Choose between 0 and %(most)d draws.") % {"most": MOST_DRAWS}, draws=draws)
    if not 0 <= seed <= LARGEST_SEED:
        raise Refused("run.seed", _("The seed is a number from 0 to %(most)d.") % {"most": LARGEST_SEED}, seed=seed)
    found = analysis.compute(data_set, draws=draws, seed=seed)
    same = {"data_set": data_set, "declaration": found.declared, "made_from": found.made_from, "engine": found.engine,
            "draws": found.draws, "seed": seed}  # fmt: skip
    before = Run.objects.filter(**same).exclude(status=Run.Status.WITHDRAWN).first()
    if before is not None:
        return before
    run = Run.objects.create(edition=data_set.edition, label=found.label, shown=dict(found.shown), made_by=by, **same)
    _store(run, found)
    return run


def _store(run: Run, found: analysis.Computed) -> None:
    units = list(dict.fromkeys(line.unit for line in found.lines))
    country_like = run.edition.instrument.units in ("country", "municipality", "city", "community", "review")
    places = places_of(units) if country_like else {}
    organisations = {} if country_like else organisations_of(units)
    Score.objects.bulk_create(
        (
            Score(
                run=run, node=line.node, unit=line.unit, period=line.period, place=places.get(line.unit),
                organisation=organisations.get(line.unit), value=line.value, low=line.low, high=line.high,
                rank=line.rank, rank_low=line.rank_low, rank_high=line.rank_high, ranked=line.ranked,
                rank_share=line.rank_share, class_code=line.class_code, class_share=line.class_share,
                coverage=line.coverage, reason=line.reason,
            )
            for line in found.lines
        ),
        batch_size=500,
    )  # fmt: skip
    Trend.objects.bulk_create(
        (Trend(run=run, place=places.get(each.unit), **asdict(each)) for each in found.trends), batch_size=500
    )


@transaction.atomic
def publish_run(*, run: Run, by: Person | None) -> Run:
    """Show a run to everybody; its scores for our places become measures. Clicking twice publishes once."""
    _permitted(by)
    held = Run.objects.select_for_update().get(pk=run.pk)
    if held.status == Run.Status.PUBLISHED:
        return held
    if held.status != Run.Status.DRAFT or held.data_set is None:
        raise Refused("run.not_a_draft", _("Only a draft over a data set can be published here. Compute it anew."))
    if held.scores.filter(organisation__isnull=False).exists():
        raise Refused(
            "run.organisations",
            _("These scores are of organisations. They are published through assessments, with consent."),
        )
    held.status, held.published_at = Run.Status.PUBLISHED, timezone.now()
    held.save(update_fields=["status", "published_at"])
    lay(claim=held, on=[held.edition], relation=Footing.Relation.COMPUTED_FROM, by=by)
    lay(claim=held, on=[held.data_set.source], relation=Footing.Relation.TAKEN_FROM, by=by)
    state_measures(held)
    record(verb="run.published", on=held, by=by)
    return held


@transaction.atomic
def withdraw_run(*, run: Run, by: Person, why: str) -> Run:
    """Take a published run back, with its measures. It stays readable to those who compute, with the reason."""
    _permitted(by)
    held = Run.objects.select_for_update().get(pk=run.pk)
    if not why.strip():
        raise Refused("run.why", _("Say why the results are taken back: whoever used them will ask."))
    if held.status != Run.Status.PUBLISHED or held.data_set is None:
        raise Refused("run.not_published", _("These results are not published."))
    for measure in Measure.objects.filter(source=source_of(held), method=command_of(held), withdrawn_at=None):
        withdraw(measure, why=why, by=by)
    held.status = Run.Status.WITHDRAWN
    held.shown = {**held.shown, "withdrawn": why.strip()[:300]}
    held.save(update_fields=["status", "shown"])
    record(verb="run.withdrawn", on=held, by=by, reason=why)
    return held


def state_measures(run: Run) -> int:
    """A measure for every score of the root and its parts, at the places of the region. Returns how many are new."""
    ours = {place.pk for place in countries()}
    quantities = quantities_of(run.edition)
    rows = run.scores.filter(node__in=quantities, value__isnull=False, place__isnull=False).select_related("place")
    inside = [row for row in rows if row.place_id in ours or row.place.parent_id in ours]  # type: ignore[union-attr]
    found = state_many((_stated(row, run, quantities) for row in inside), source=source_of(run), by=None, on=run)
    return found.new + found.superseding


def _stated(row: Score, run: Run, quantities: Mapping[str, Quantity]) -> Statement:
    start, end = period_of(row, run)
    return Statement(
        quantity=quantities[row.node].code, place=row.place, start=start, end=end, value=row.value,  # type: ignore[arg-type]
        low=_low(row), high=_high(row), label=run.label, quality=Measure.Quality.COPY, method=command_of(run),
        version=run.edition.edition[:40], made_from=run.made_from,
    )  # fmt: skip


def _low(row: Score) -> float | None:
    return None if row.low is None or row.value is None else min(row.low, row.value)


def _high(row: Score) -> float | None:
    return None if row.high is None or row.value is None else max(row.high, row.value)


def source_of(run: Run) -> Source:
    """Measures of one edition stand beside those of another: each edition is a source of its own."""
    edition = run.edition
    title = said(edition.document.get("title", "")).into("en")
    data = edition.document.get("data") or {}
    return cite(
        code=f"index-{edition.instrument.code}-{slugify(edition.edition)}"[:120],
        title=f"{title}, {edition.edition}"[:300],
        licence=str(data.get("licence", ""))[:60],
        url=str((edition.document.get("sources") or [{}])[0].get("url", ""))[:500],
    )


def quantities_of(edition: Edition) -> dict[str, Quantity]:
    """{node: quantity} of the root and its parts, declared by the definition and renewed with it."""
    document = edition.document
    better = (document.get("scale") or {}).get("better", "high")
    found = {}
    for item in [document["tree"], *document["tree"].get("children", [])]:
        if "children" not in item and "formula" not in item:
            continue
        code = edition.instrument.code if item is document["tree"] else f"{edition.instrument.code}-{item['code']}"
        name = document["title"] if item is document["tree"] else item.get("title") or item["code"]
        found[item["code"]] = Quantity.objects.update_or_create(
            code=slugify(code.replace("_", "-"))[:60],
            defaults={
                "name": name_of(document, item, name), "kind": Quantity.Kind.SCORE, "unit": "",
                "direction": Quantity.Direction.UP if better == "high" else Quantity.Direction.DOWN,
            },
        )[0]  # fmt: skip
    return found


def name_of(document: Mapping[str, Any], item: Mapping[str, Any], name: Any) -> Text:
    """A part is named with its index, as figures stand alone."""
    if item is document["tree"]:
        return said(name)
    whole, part = said(document["title"]), said(name)
    words = {language: f"{whole.into(language)}: {part.into(language)}" for language in ("en", "ru")}
    return said(words)


def period_of(row: Score, run: Run) -> tuple[dt.date, dt.date]:
    """The year of a row; of rows without one, the day of the edition."""
    if row.period.isdigit() and 1000 <= int(row.period) <= 3000:
        return year(int(row.period))
    return year(run.edition.dated.year)


def _permitted(by: Person | None) -> None:
    if by is not None and not rules.may_compute(by):
        raise Forbidden("results.not_yours", _("Only analysts and coordinators bring and publish results."))
