"""Instruments, editions and criteria as published tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.text import Text
from kurak.ground.publishing.tables import Column, Row, Table, content_version
from kurak.instruments.catalogue import queries
from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.catalogue.tree import declared

KEY = (Column("instrument", "code of the instrument"), Column("edition", "as its publisher names it"))


def instruments() -> Iterator[Row]:
    for each in queries.newest().defer("text"):
        told = each.instrument
        yield [
            told.code, into(told.title, "en"), into(told.title, "ru"),
            into(text_of(each.document.get("publisher")), "en"), told.kind, told.units, each.edition, each.label,
            told.shipped, each.document.get("checked"),
        ]  # fmt: skip


def editions() -> Iterator[Row]:
    for each in queries.published().defer(*queries.HEAVY):
        yield [
            each.instrument.code, each.edition, each.revision, each.dated, each.status, each.label, each.published_at,
            each.checksum, each.sha256,
        ]  # fmt: skip


def criteria() -> Iterator[Row]:
    for each in queries.published().defer("text"):
        for code, place in declared(each.document).items():
            given = place.given
            yield [
                each.instrument.code, each.edition, each.revision, code, place.parent, place.among,
                "node" if place.is_node else "leaf", given.get("weight"), given.get("direction"),
                into(text_of(given.get("title")), "en"), into(text_of(given.get("title")), "ru"), given.get("checked"),
            ]  # fmt: skip


def into(text: Text | None, language: str) -> str | None:
    return None if text is None else str(text.into(language))


def versioned(rows: Any) -> Any:
    """The rows follow from the published documents alone, so that their checksums say whether anything is new."""

    def marks() -> Iterator[Row]:
        for each in queries.published().values_list("instrument__code", "edition", "revision", "status", "sha256"):
            yield [rows.__name__, *each]

    return content_version(marks)


TABLES = (
    Table(
        code="instruments",
        title=_("Instruments"),
        description=_("Indexes, ratings, codes of conduct and assessments that the platform can compute."),
        columns=(
            Column("code", "of the instrument"),
            Column("title_en", "in English"),
            Column("title_ru", "in Russian"),
            Column("publisher", "of the method"),
            Column("kind", "index, rating, code-of-conduct, …"),
            Column("units", "what is scored"),
            Column("edition", "the newest"),
            Column("label", "exact, approximate or proxy of the original"),
            Column("shipped", "comes with the platform", "boolean"),
            Column("checked", "recomputed, read or recalled"),
        ),
        rows=instruments,
        version=versioned(instruments),
        key=("code",),
    ),
    Table(
        code="editions",
        title=_("Editions of instruments"),
        description=_("Every published version of a method, with the checksum of what it computes."),
        columns=(
            *KEY,
            Column("revision", "1, and one more for every correction", "integer"),
            Column("dated", "the first day on which the method holds", "date"),
            Column("status", "published or retired"),
            Column("label", "exact, approximate or proxy of the original"),
            Column("published_at", "on this platform", "datetime"),
            Column("checksum", "SHA-256 of what is computed"),
            Column("sha256", "SHA-256 of the whole document"),
        ),
        rows=editions,
        version=versioned(editions),
        key=("instrument", "edition", "revision"),
    ),
    Table(
        code="criteria",
        title=_("Criteria of instruments"),
        description=_("The criteria of every edition, with their parents and declared weights."),
        columns=(
            *KEY,
            Column("revision", "of the edition", "integer"),
            Column("code", "of the criterion"),
            Column("parent", "code of the criterion that it is part of"),
            Column("among", "tree, also (computed beside it) or inputs (used in formulas)"),
            Column("kind", "node or leaf"),
            Column("weight", "as declared; nothing means 1", "number"),
            Column("direction", "up, or down where less is better; nothing means up"),
            Column("title_en", "in English"),
            Column("title_ru", "in Russian"),
            Column("checked", "recomputed, read or recalled"),
        ),
        rows=criteria,
        version=versioned(criteria),
        key=("instrument", "edition", "revision", "code"),
    ),
)
