"""Agendas, their parts, commitments, steps and links as published tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas import queries
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Participation, Provision, Step
from kurak.ground.languages.text import Text
from kurak.ground.publishing.tables import Column, Row, Table, content_version

CHUNK = 2000
DRAFT = Agenda.Status.DRAFT
TITLES = (Column("title_en", "in English, else as it was written"), Column("title_ru", "in Russian, else as written"))
AGENDA = Column("agenda", "code of the agenda")


def titled(text: Text | None) -> list[str | None]:
    return [str(text.into(language)) if text else None for language in ("en", "ru")]


def agenda_rows() -> Iterator[Row]:
    rows: Any = queries.counted(queries.published())
    for each in rows:
        yield [
            each.code, each.kind, *titled(each.title), each.level, each.place.code, each.status, each.adopted,
            each.holds_from, each.holds_until, each.verified, each.parts, each.promised, each.source, each.url,
            each.licence,
        ]  # fmt: skip


def provision_rows() -> Iterator[Row]:
    rows = Provision.objects.exclude(agenda__status=DRAFT).select_related("agenda", "parent", "place")
    for each in rows.order_by("agenda", "position").iterator(CHUNK):
        parent = each.parent.code if each.parent else None
        place = each.place.code if each.place else None
        yield [
            each.agenda.code, each.code, parent, each.kind, *titled(each.title), place, each.ended, each.verified,
            each.about or None,
        ]  # fmt: skip


def commitment_rows() -> Iterator[Row]:
    for each in queries.commitments().prefetch_related("provisions__agenda").order_by("pk").iterator(CHUNK):
        refs = " ".join(f"{row.agenda.code}/{row.code}" for row in each.provisions.all())
        owner = each.owner.slug if each.owner else None
        yield [
            each.agenda.code, each.code, *titled(each.title), refs, each.level, each.place.code, owner, each.owner_name,
            each.starts, each.deadline, each.status, each.status_since, each.source, each.url, each.verified,
        ]  # fmt: skip


def step_rows() -> Iterator[Row]:
    shown = Step.objects.filter(commitments__in=queries.commitments()).distinct()
    for each in shown.prefetch_related("commitments__agenda").order_by("pk"):
        refs = " ".join(f"{row.agenda.code}/{row.code}" for row in each.commitments.all())
        yield [each.pk, *titled(each.title), refs, each.owner_name, each.starts, each.due, each.done_on, each.dropped]


def crosswalk_rows() -> Iterator[Row]:
    rows = Crosswalk.objects.exclude(start__agenda__status=DRAFT).exclude(end__agenda__status=DRAFT)
    for each in rows.select_related("start__agenda", "end__agenda").order_by("pk").iterator(CHUNK):
        ends = [each.start.agenda.code, each.start.code, each.relation, each.end.agenda.code, each.end.code]
        yield [*ends, each.note, each.source, each.verified]


def participation_rows() -> Iterator[Row]:
    rows = Participation.objects.exclude(agenda__status=DRAFT).filter(verified=True)
    for each in rows.select_related("agenda", "place"):
        yield [
            each.agenda.code, each.place.code, each.status, each.signed_on, each.consent, each.consented_on,
            each.consented_year, each.holds_from, each.as_of, each.note, each.source,
        ]  # fmt: skip


def history_version(model: Any) -> Callable[[], str]:
    """Changes whenever a row is written: everything that is changed leaves a state behind."""
    return lambda: str(model.history.aggregate(newest=Max("history_id"))["newest"])


def tree_version() -> str:
    """Changes whenever a version is published."""
    newest = Agenda.objects.aggregate(version=Max("versions__pk"), agenda=Max("pk"))
    return f"{newest['version']}:{newest['agenda']}:{Agenda.objects.exclude(status=DRAFT).count()}"


TABLES = (
    Table(
        code="agendas",
        title=_("Agendas"),
        description=_("Conventions, goals, plans and programmes whose promises are followed here."),
        columns=(
            Column("code", "of the agenda"),
            Column("kind", "treaty, sdg, programme, ..."),
            *TITLES,
            Column("level", "global, regional, national or local"),
            Column("place", "code of the place"),
            Column("status", "published or retired"),
            Column("adopted", "day", "date"),
            Column("holds_from", "first day", "date"),
            Column("holds_until", "last day", "date"),
            Column("verified", "compared with its source", "boolean"),
            Column("parts", "in the newest version", "integer"),
            Column("commitments", "made to it", "integer"),
            Column("source", "where it was read"),
            Column("url", "address"),
            Column("licence", "SPDX code"),
        ),
        rows=agenda_rows,
        version=content_version(agenda_rows),
        key=("code",),
    ),
    Table(
        code="provisions",
        title=_("Parts of agendas"),
        description=_("Goals, targets, articles, recommendations: the tree of every agenda."),
        columns=(
            AGENDA,
            Column("code", "of the part"),
            Column("parent", "code of the part that it stands in"),
            Column("kind", "goal, target, article, ..."),
            *TITLES,
            Column("place", "where it binds, if narrower"),
            Column("ended", "not in the newest version any more", "boolean"),
            Column("verified", "compared with its source", "boolean"),
            Column("about", "further facts, as JSON"),
        ),
        rows=provision_rows,
        version=tree_version,
        key=("agenda", "code"),
    ),
    Table(
        code="commitments",
        title=_("Commitments"),
        description=_("What was promised, by whom, until when, and where it stands."),
        columns=(
            AGENDA,
            Column("code", "of the commitment"),
            *TITLES,
            Column("provisions", "what it answers: agenda/code ..."),
            Column("level", "global, regional, national or local"),
            Column("place", "code of the place"),
            Column("owner", "organisation on the platform"),
            Column("owner_name", "who is not on the platform"),
            Column("starts", "day", "date"),
            Column("deadline", "day", "date"),
            Column("status", "of its kind of agenda"),
            Column("status_since", "day", "date"),
            Column("source", "where it was read"),
            Column("url", "address"),
            Column("verified", "compared with its source", "boolean"),
        ),
        rows=commitment_rows,
        version=history_version(Commitment),
        key=("agenda", "code"),
    ),
    Table(
        code="steps",
        title=_("Steps towards commitments"),
        description=_("The roadmaps: steps with their days, and the commitments that they serve."),
        columns=(
            Column("id", "number of the step", "integer"),
            *TITLES,
            Column("commitments", "agenda/code ..."),
            Column("owner_name", "who does it"),
            Column("starts", "day", "date"),
            Column("due", "day", "date"),
            Column("done_on", "day", "date"),
            Column("dropped", "will not be done", "boolean"),
        ),
        rows=step_rows,
        version=history_version(Step),
        key=("id",),
    ),
    Table(
        code="crosswalks",
        title=_("Links between agendas"),
        description=_("Which part serves, rests on, or brings closer which other part."),
        columns=(
            Column("start_agenda", "code"),
            Column("start", "code of the part"),
            Column("relation", "serves, rests-on, localises or same"),
            Column("end_agenda", "code"),
            Column("end", "code of the part"),
            Column("note", "remark"),
            Column("source", "where it was read"),
            Column("verified", "compared with its source", "boolean"),
        ),
        rows=crosswalk_rows,
        version=content_version(crosswalk_rows),
        key=("start_agenda", "start", "relation", "end_agenda", "end"),
    ),
    Table(
        code="participations",
        title=_("Countries in conventions"),
        description=_("Who signed and who is bound, since when, and until when this is known."),
        columns=(
            AGENDA,
            Column("place", "code of the country"),
            Column("status", "party, signatory, none or left"),
            Column("signed_on", "day", "date"),
            Column("consent", "ratification, accession, ..."),
            Column("consented_on", "day", "date"),
            Column("consented_year", "where only the year is known", "integer"),
            Column("holds_from", "day", "date"),
            Column("as_of", "nothing is known after this day", "date"),
            Column("note", "remark"),
            Column("source", "where it was read"),
        ),
        rows=participation_rows,
        version=content_version(participation_rows),
        key=("agenda", "place"),
    ),
)
