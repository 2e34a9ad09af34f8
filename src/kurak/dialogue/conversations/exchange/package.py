"""A conversation as a data package (https://specs.frictionlessdata.io): tables with types, keys, licence and hashes,
each as CSV and as Parquet, with the picture's groups and findings beside the votes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kurak.dialogue.conversations.exchange import layout
from kurak.dialogue.conversations.exchange.about import UNKNOWN, attribution_of, licence_of, read_me
from kurak.dialogue.conversations.exchange.layout import (
    COMMENTS,
    DESCRIPTOR,
    FINDINGS,
    GROUPS,
    PARTICIPANTS,
    STATISTICS,
    VOTES,
)
from kurak.dialogue.conversations.exchange.tables import digest_of
from kurak.dialogue.conversations.exchange.writing import Export, as_json
from kurak.dialogue.conversations.models import Conversation, Picture

LICENCES = {"CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")}
EVERYBODY = "all"
NAMED = "(SELECT CASE WHEN regexp_matches({0}, '^''+[=+\\-@\\t\\r]') THEN substr({0}, 2) ELSE {0} END)"

# {file: {column: (type, what it says)}}
FIELDS: dict[str, dict[str, tuple[str, str]]] = {
    VOTES: {
        "timestamp": ("integer", "milliseconds since 1970, UTC; of votes cast on this platform only the day"),
        "datetime": ("string", "the same as text"),
        "comment-id": ("integer", "the statement"),
        "voter-id": ("integer", "the participant: a pseudonym of this conversation"),
        "vote": (
            "integer",
            "+1 agree, 0 pass, -1 disagree; of several votes of a person on a statement the last counts",
        ),
        layout.MATTERS: ("integer", "1: the participant marked the statement as important"),
    },
    COMMENTS: {
        "timestamp": ("integer", "milliseconds since 1970, UTC"),
        "datetime": ("string", "the same as text"),
        "comment-id": ("integer", "the statement"),
        "author-id": ("integer", "who wrote it; empty: not told"),
        "agrees": ("integer", "agreeing vote events"),
        "disagrees": ("integer", "disagreeing vote events"),
        "moderated": ("integer", "1 accepted, 0 not moderated, -1 rejected"),
        "comment-body": ("string", "the words, as they were written; empty: not shown to the public"),
    },
    PARTICIPANTS: {
        "participant": ("integer", "a pseudonym of this conversation"),
        "excluded": ("integer", "1: left out of the picture by a moderator"),
    },
    STATISTICS: {
        "comment-id": ("integer", "the statement"),
        "group": ("string", "a group of the picture, or all"),
        "agrees": ("integer", "people who agree"),
        "disagrees": ("integer", "people who disagree"),
        "votes": ("integer", "people who voted, passes included"),
    },
    GROUPS: {"group": ("string", "a group of the picture"), "people": ("integer", "people in it")},
    FINDINGS: {
        "kind": ("string", "unites, divides, or stands for (a group)"),
        "group": ("string", "the group it is about; empty: all"),
        "comment-id": ("integer", "the statement"),
        "side": ("string", "agree or disagree"),
        "size": ("number", "how strong"),
        "low": ("number", "lower end of the interval"),
        "high": ("number", "upper end of the interval"),
        "votes": ("integer", "votes that it stands on"),
    },
}
KEYS = {
    COMMENTS: ["comment-id"], PARTICIPANTS: ["participant"], STATISTICS: ["comment-id", "group"], GROUPS: ["group"],
}  # fmt: skip


def write_package(conversation: Conversation, folder: Path, *, exact: bool = False) -> list[Path]:
    """Write the package into an empty folder; the files in the order of the descriptor."""
    export = Export(conversation, exact=exact)
    tables = {name: stream() for name, stream in export.files().items() if name in FIELDS} | picture_tables(
        conversation
    )
    resources = []
    for name, stream in tables.items():
        path = folder / name
        with path.open("wb") as file:
            file.writelines(stream)
        columns = columns_of(path)
        write_parquet(path, columns)
        resources += [described(path, columns), described(path.with_suffix(".parquet"), columns)]
    for name in (layout.STATEMENTS, layout.CONVERSATION):
        (folder / name).write_bytes(b"".join(export.files()[name]()))
    written = [*tables, layout.STATEMENTS, layout.CONVERSATION, DESCRIPTOR]
    (folder / layout.READ_ME).write_text(read_me(conversation, written), encoding="utf-8")
    (folder / DESCRIPTOR).write_bytes(as_json(descriptor(conversation, resources)))
    return [folder / DESCRIPTOR, *(folder / resource["path"] for resource in resources)]


def columns_of(path: Path) -> dict[str, tuple[str, str]]:
    """The columns of the file; those that an import brought and nobody knows are texts."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    known = FIELDS[path.name]
    return {name: known.get(name, ("string", "a column of the source")) for name in header}


def write_parquet(path: Path, columns: dict[str, tuple[str, str]]) -> None:
    """The same table with types, and with texts free of the guard that only spreadsheets need."""
    import duckdb

    kinds = {"integer": "BIGINT", "number": "DOUBLE", "string": "VARCHAR"}
    chosen = ", ".join(
        f'TRY_CAST("{quoted(name)}" AS {kinds[kind]}) AS "{quoted(name)}"'
        if kind != "string"
        else f'{NAMED.format(f'''"{quoted(name)}"''')} AS "{quoted(name)}"'
        for name, (kind, _said) in columns.items()
    )
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        source = connection.read_csv(str(path), header=True, all_varchar=True, quotechar='"', escapechar='"')
        source.project(chosen).write_parquet(str(path.with_suffix(".parquet")), compression="zstd")


def quoted(name: str) -> str:
    return name.replace('"', '""')


def described(path: Path, columns: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """A resource of the descriptor."""
    parquet = path.suffix == ".parquet"
    fields = [{"name": name, "type": kind, "description": said} for name, (kind, said) in columns.items()]
    key = KEYS.get(path.with_suffix(".csv").name)
    return {
        "name": f"{path.stem}-parquet" if parquet else path.stem,
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": "application/vnd.apache.parquet" if parquet else "text/csv",
        **({} if parquet else {"encoding": "utf-8", "profile": "tabular-data-resource"}),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest_of(path)}",
        "schema": {"fields": fields, "missingValues": [""], **({"primaryKey": key} if key else {})},
    }


def descriptor(conversation: Conversation, resources: list[dict[str, Any]]) -> dict[str, Any]:
    name = licence_of(conversation)
    title, address = LICENCES.get(name, (name, conversation.origin.get("licence_url", "")))
    licence = {"name": name, "title": title, **({"path": address} if address else {})}
    sources = [{"title": said} for said in filter(None, [attribution_of(conversation)])]
    if conversation.origin.get("source"):
        sources = [{"title": attribution_of(conversation) or conversation.slug, "path": conversation.origin["source"]}]
    return {
        "profile": "data-package",
        "name": conversation.slug,
        "title": str(conversation.question),
        "description": "+1 = agree, -1 = disagree, 0 = pass, empty = not seen.",
        "licenses": [] if name == UNKNOWN else [licence],
        "sources": sources,
        "resources": resources,
    }


def picture_tables(conversation: Conversation) -> dict[str, Iterator[bytes]]:
    """Groups, findings and counts of the living picture; none while there is no picture."""
    picture = Picture.objects.filter(conversation=conversation).first()
    if picture is None or not picture.shown:
        return {}
    shown = picture.shown
    return {
        STATISTICS: rows_of(STATISTICS, statistics(shown)),
        GROUPS: rows_of(GROUPS, ((group["label"], group["people"]) for group in shown["groups"])),
        FINDINGS: rows_of(FINDINGS, findings(shown)),
    }


def statistics(shown: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for row in shown["rows"]:
        yield (row["number"], EVERYBODY, *row["all"])
        if shown["clear"]:
            yield from ((row["number"], label, *counts) for label, counts in enumerate(row["groups"]))


def findings(shown: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    lists = [("unites", shown["unites"]), ("divides", shown["divides"])]
    lists += [("stands for", found) for found in shown["stands_for"]] if shown["clear"] else []
    for kind, found in lists:
        for each in found:
            group = "" if each["group"] is None or kind == "unites" else each["group"]
            yield kind, group, each["statement"], each["side"], each["size"], each["low"], each["high"], each["n"]


def rows_of(name: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FIELDS[name])
    writer.writerows(rows)
    yield file.getvalue().encode()
