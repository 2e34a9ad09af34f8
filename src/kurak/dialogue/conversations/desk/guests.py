"""A guest list as a table: one line a guest, with the country and the generation that is expected."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from django.utils.translation import gettext as _

from kurak.dialogue.conversations.desk.actions import Invitation
from kurak.ground.errors import Refused

COLUMNS = ("country", "generation")


def read(text: str, *, countries: Collection[str], generations: Collection[str]) -> list[tuple[str, str]]:
    """The guests of a CSV with the columns country and generation, in any order; other columns are not read.

    >>> read("country,generation\\nKG,1980\\nKZ,\\n", countries={"KG", "KZ"}, generations={"1980"})
    [('KG', '1980'), ('KZ', '')]
    """
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), dialect=dialect_of(text))
    heads = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    if not set(COLUMNS) & set(heads):
        raise Refused("guests.columns", _("The first line must name the columns: country, generation."))
    known = {"country": countries, "generation": generations}
    return [
        tuple(cell(row, heads.get(column), column, line, known[column]) for column in COLUMNS)  # type: ignore[misc]
        for line, row in enumerate(rows, start=2)
    ]


def dialect_of(text: str) -> type[csv.Dialect]:
    """Comma, or the semicolon that spreadsheets write in our languages."""
    first = text.partition("\n")[0]
    return Semicolons if first.count(";") > first.count(",") else csv.excel


class Semicolons(csv.excel):
    delimiter = ";"


def cell(row: dict[str, str | None], head: str | None, column: str, line: int, known: Collection[str]) -> str:
    value = (row.get(head) or "").strip() if head else ""
    if value and value not in known:
        raise Refused(
            "guests.unknown",
            _("Line %(line)d, column %(column)s: “%(value)s” is not known. Use one of: %(known)s. Nothing was made.")
            % {"line": line, "column": column, "value": value, "known": ", ".join(sorted(known))},
            line=line, column=column, value=value,
        )  # fmt: skip
    return value


def written(invitations: list[Invitation]) -> str:
    """The codes as a CSV, to be given out."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["code", *COLUMNS])
    writer.writerows([each.code, each.country, each.generation] for each in invitations)
    return file.getvalue()
