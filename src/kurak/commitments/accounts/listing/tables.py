"""Published accounts and gaps, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from kurak.commitments.accounts import queries
from kurak.commitments.accounts.models import Grader
from kurak.commitments.accounts.queries import Differing
from kurak.commitments.accounts.summing import Sum
from kurak.commitments.accounts.things import thing_of
from kurak.ground.publishing.tables import Column, Row, Table, content_version

KEY = (
    Column("agenda", "code of the agenda"), Column("about", "commitment or provision"),
    Column("code", "of the commitment or provision"), Column("place", "code of the place"),
)  # fmt: skip
OF_SUM = ("n", "silent", "median", "low", "high", "start", "end")
SIDES = (("state", Grader.STATE), ("civil", Grader.CIVIL), ("body", Grader.BODY), ("expert", Grader.EXPERT))


def accounts() -> Iterator[Row]:
    found = queries.published().prefetch_related("evidence").order_by("pk")
    for each in found:
        thing = thing_of(each)
        organisation = each.organisation.slug if each.organisation else ""
        yield [
            each.pk, thing.agenda.code, thing.word, thing.code, thing.place.code, each.start, each.end, each.grader,
            organisation, each.said_by, each.first_hand, each.scale, each.value or None, each.ladder, each.confidence,
            each.text.language if each.text else None, each.text.body if each.text else None, len(each.evidence.all()),
            each.published_at, each.replaces_id,
        ]  # fmt: skip


def evidence() -> Iterator[Row]:
    for each in queries.published().prefetch_related("evidence").order_by("pk"):
        for piece in each.evidence.all():
            yield [piece.pk, each.pk, piece.title, piece.page or None, piece.url or None, piece.copy_url or None,
                   piece.sha256 or None, piece.measure_id]  # fmt: skip


def gaps() -> Iterator[Row]:
    yield from rows_of(queries.gaps())


def rows_of(found: Iterable[Differing]) -> Iterator[Row]:
    for each in found:
        thing, between = each.thing, each.gap
        row: list[object] = [thing.agenda.code, thing.word, thing.code, thing.place.code]
        for _name, grader in SIDES:
            row += _cells(each.sum_of(grader))
        yield [*row, between.value, between.flagged, between.firm, between.reason or None]


def _cells(total: Sum | None) -> list[object]:
    return [None] * len(OF_SUM) if total is None else [getattr(total, name) for name in OF_SUM]


def _columns_of_sums() -> Iterator[Column]:
    said = {
        "n": ("how many have a place on the ladder", "integer"), "silent": ("how many give no information", "integer"),
        "median": ("on the common ladder, 0 to 1", "number"), "low": ("lowest", "number"),
        "high": ("highest", "number"),
        "start": ("first day", "date"), "end": ("last day", "date"),
    }  # fmt: skip
    for side, grader in SIDES:
        for name in OF_SUM:
            words, kind = said[name]
            yield Column(f"{side}_{name}", f"{Grader(grader).value}: {words}", kind)  # type: ignore[arg-type]


GAPS = (
    *KEY, *_columns_of_sums(), Column("gap", "state minus civil society, each its median; empty: see reason", "number"),
    Column("flagged", "half the ladder or more", "boolean"),
    Column("firm", "false: a scale is unverified, or we placed its steps on the ladder ourselves", "boolean"),
    Column("reason", "why there is no gap: no-state, no-civil, no-ladder, periods"),
)  # fmt: skip
TABLES = (
    Table(
        "accounts", _("Accounts of commitments"),
        _("What the state, civil society, treaty bodies and experts say on where commitments stand, one by one."),
        (Column("account", "number", "integer"), *KEY, Column("start", "first day of the period", "date"),
         Column("end", "last day of the period", "date"),
         Column("grader", "state, civil-society, treaty-body or expert"),
         Column("organisation", "who says it, if on the platform"), Column("said_by", "who says it, if not"),
         Column("first_hand", "false: read in a published document", "boolean"), Column("scale", "code of the scale"),
         Column("value", "step or number; empty: no information"),
         Column("ladder", "0 to 1; empty: says nothing about that", "number"),
         Column("confidence", "low, medium or high"), Column("language", "of the text"), Column("text", "as written"),
         Column("evidence", "how many pieces", "integer"), Column("published_at", "when", "datetime"),
         Column("replaces", "number of the account before", "integer")),
        accounts, content_version(accounts), ("account",),
    ),
    Table(
        "account-evidence", _("Evidence of accounts"), _("What each published account stands on."),
        (Column("piece", "number", "integer"), Column("account", "number of the account", "integer"),
         Column("title", "what it is"), Column("page", "page or paragraph"), Column("url", "where it was published"),
         Column("copy_url", "where an archive keeps it"), Column("sha256", "of the file that was kept"),
         Column("measure", "number of a figure of the platform", "integer")),
        evidence, content_version(evidence), ("piece",),
    ),
    Table(
        "account-gaps", _("Gaps between accounts"),
        _("Where the state and civil society differ on the same commitment, with the sums of every kind of grader."),
        GAPS, gaps, content_version(gaps), ("agenda", "about", "code", "place"),
    ),
)  # fmt: skip
