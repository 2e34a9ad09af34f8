"""Importing a conversation: all of it or nothing, and the same files only once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kurak.dialogue.conversations.exchange.details import Details, details_of
from kurak.dialogue.conversations.exchange.layout import ABOUT
from kurak.dialogue.conversations.exchange.reading import Folder, read_folder
from kurak.dialogue.conversations.exchange.remainder import packed
from kurak.dialogue.conversations.exchange.times import UNKNOWN
from kurak.dialogue.conversations.models import Conversation, Participant, Remainder, Statement, Vote
from kurak.dialogue.conversations.rules import may_open
from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.languages.folding import fold
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record
from kurak.ground.themes.models import Theme

BATCH = 2_000
VOTE_COLUMNS = ("conversation_id", "participant_id", "statement_id", "value", "matters", "latest", "at")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ANY_LANGUAGE = "und"  # ISO 639 for "undetermined": the files do not say


@dataclass(frozen=True, slots=True)
class Imported:
    conversation: Conversation
    new: bool  # False: these very files were imported before
    people: int
    statements: int
    votes: int
    left_aside: list[str]  # files that were not read


def import_folder(
    *,
    folder: Path | str,
    by: Any = None,
    slug: str = "",
    place: str = "",
    language: str = "",
    question: str = "",
    themes: Sequence[str] = (),
    licence: str = "",
    attribution: str = "",
    source: str = "",
    phase: str = Conversation.Phase.CLOSED,
) -> Imported:
    """Read a folder in the openData layout (exchange/README.md) and store it as a conversation.

    by: the member of staff who asks, or None for whoever runs the platform. Participants have no keys: nobody can go on
    as one of them. Raises BadFiles with every bad row; then nothing was written.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Missing("import.no_folder", _("There is no folder %(folder)s.") % {"folder": folder}, folder=str(folder))
    read = read_folder(folder)
    details = details_of(read, language=language or ANY_LANGUAGE, question=question)
    where = place_of(place or details.place)
    if by is not None and not may_open(by, where):
        raise Forbidden("import.not_yours", _("Only facilitators of the place can import a conversation there."))
    origin = {
        "layout": "opendata",
        "digest": read.digest,
        "files": read.files,
        **{key: read.about[key] for key in ("licence", "attribution", "source") if read.about.get(key)},
        **{key: told for key, told in (("licence", licence), ("attribution", attribution), ("source", source)) if told},
    }
    if origin.get("source") and not str(origin["source"]).startswith(("https://", "http://")):
        raise Refused("import.bad_source", _("The source is an address that begins with https://."))
    with transaction.atomic():
        Place.objects.select_for_update().get(pk=where.pk)  # one import at a time: the same files must meet
        known = Conversation.objects.filter(origin__digest=read.digest).first()
        if known:
            return imported(known, read, new=False)
        stored = _store(read, details, where, themes or details.themes, slug, phase, origin, by)
        return imported(stored, read, new=True)


def imported(conversation: Conversation, read: Folder, *, new: bool) -> Imported:
    return Imported(
        conversation, new, people=len(read.people), statements=len(read.statements), votes=len(read.events),
        left_aside=read.left_aside,
    )  # fmt: skip


def place_of(code: str) -> Place:
    """The place of that code; the world where none is given."""
    places = Place.objects.filter(code=code) if code else Place.objects.filter(kind=Place.Kind.WORLD)
    found: Place | None = places.first()
    if found is None:
        raise Missing(
            "place.unknown",
            _("There is no place with the code %(code)r. Name it by --place.") % {"code": code},
            place=code,
        )
    return found


def _store(
    read: Folder,
    details: Details,
    place: Place,
    themes: Sequence[str],
    slug: str,
    phase: str,
    origin: dict[str, Any],
    by: Any,
) -> Conversation:
    conversation = _conversation(read, details, place, slug, phase, origin, by)
    conversation.themes.set(themes_of(themes))
    people = _people(conversation, read)
    statements = _statements(conversation, read, details, people)
    _votes(conversation, read, people, statements)
    Remainder.objects.create(conversation=conversation, content=packed(read.sheets))
    conversation.origin |= {
        "last_vote": _last(conversation.votes),
        "last_statement": _last(conversation.statements),
        "last_participant": _last(conversation.participants),
        "rows": [conversation.votes.count(), conversation.statements.count(), conversation.participants.count()],
    }
    Conversation.objects.filter(pk=conversation.pk).update(origin=conversation.origin)
    record(verb="conversation.imported", on=conversation, by=by, files=read.files)
    return conversation


def _last(rows: Any) -> int:
    return rows.aggregate(last=models.Max("pk"))["last"] or 0


def _conversation(
    read: Folder, details: Details, place: Place, slug: str, phase: str, origin: dict[str, Any], by: Any
) -> Conversation:
    slug = slug or str(read.about.get("slug", "")) or slug_of(read)
    if Conversation.objects.filter(slug=slug).exists():
        raise Refused(
            "import.slug_taken", _("There is a conversation %(slug)r already. Choose another --slug.") % {"slug": slug}
        )
    moments = [int(read.events.at.max(initial=UNKNOWN)), *(row.at for row in read.statements.values())]
    fields = {
        # All but rejected statements are shown: an export does not say whether moderation was strict.
        "moderation": Conversation.Moderation.OPEN,
        "may_write": False,
        **details.fields,
    }
    if max(moments) != UNKNOWN:
        fields["created"] = moment(min(each for each in moments if each != UNKNOWN))
    conversation = Conversation(slug=slug, place=place, phase=phase, origin=origin, opened_by=by, **fields)
    if conversation.admission == Conversation.Admission.LINK:
        conversation.link_token = get_random_string(32)
    if not SLUG.fullmatch(slug):
        raise Refused(
            "import.bad_slug",
            _("%(slug)r cannot be in an address. Use small letters, digits, hyphens.") % {"slug": slug},
        )
    conversation._history_user = by  # type: ignore[attr-defined]
    conversation.save()
    return conversation


def slug_of(read: Folder) -> str:
    """The folder's name, in letters an address may have.

    vtaiwan.uberx → vtaiwan-uberx
    """
    return slugify(read.name.replace(".", "-").replace("_", "-"))[:80].strip("-") or read.digest[:12]


def themes_of(codes: Sequence[str]) -> list[Theme]:
    themes = list(Theme.objects.filter(code__in=codes))
    unknown = set(codes) - {theme.code for theme in themes}
    if unknown:
        named = ", ".join(sorted(unknown))
        raise Missing("theme.unknown", _("There is no theme %(named)s.") % {"named": named}, themes=sorted(unknown))
    return themes


def moment(milliseconds: int) -> datetime | None:
    return None if milliseconds == UNKNOWN else EPOCH + timedelta(milliseconds=milliseconds)


def _people(conversation: Conversation, read: Folder) -> dict[int, int]:
    """{number: primary key}, in the order of the files."""
    rows = [
        Participant(
            conversation=conversation,
            number=person.number,
            published_group=person.group,
            weight=0.0 if person.excluded else 1.0,
            consented=any(person.about.values()),
            **{name: person.about.get(name, "") for name in ABOUT},
        )
        for person in read.people.values()
    ]
    Participant.objects.bulk_create(rows, batch_size=BATCH)
    return dict(conversation.participants.values_list("number", "pk"))


def _statements(conversation: Conversation, read: Folder, details: Details, people: dict[int, int]) -> dict[int, int]:
    rows = []
    for number, row in read.statements.items():
        told = details.statements[number]
        rows.append(
            Statement(
                conversation=conversation, number=number, text=told.text, folded=fold(told.text.body),
                author_id=people.get(row.author) if row.author is not None else None, author_number=row.author,
                status=row.status, reason=told.reason, is_meta=told.is_meta, is_seed=told.is_seed,
                created=moment(row.at),
            )
        )  # fmt: skip
    Statement.objects.bulk_create(rows, batch_size=BATCH)
    keys = dict(conversation.statements.values_list("number", "pk"))
    for number, told in details.statements.items():
        if told.merged_into is not None:
            Statement.objects.filter(pk=keys[number]).update(merged_into=keys[told.merged_into])
    return keys


def _votes(conversation: Conversation, read: Folder, people: dict[int, int], statements: dict[int, int]) -> None:
    """In the order of the file, in batches, past the making of model instances: votes may be millions, and on SQLite
    nobody else can write meanwhile."""
    rows = _vote_rows(conversation, read, people, statements)
    table = Vote._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(VOTE_COLUMNS)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(VOTE_COLUMNS))
        insert = f"INSERT INTO {table} ({', '.join(VOTE_COLUMNS)}) VALUES ({places})"  # noqa: S608 - our own names
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(insert, batch)


def _vote_rows(
    conversation: Conversation, read: Folder, people: dict[int, int], statements: dict[int, int]
) -> Iterator[tuple[Any, ...]]:
    """A row of VOTE_COLUMNS for every event."""
    events, adapted = read.events, connection.ops.adapt_datetimefield_value
    columns = (events.person, events.statement, events.value, events.matters, events.latest, events.at)
    for start in range(0, len(events), BATCH):
        chunk = (column[start : start + BATCH].tolist() for column in columns)
        for person, statement, value, matters, latest, at in zip(*chunk, strict=True):
            when = adapted(moment(at))
            yield conversation.pk, people[person], statements[statement], value, matters, latest, when


@contextmanager
def recorded_export(*, conversation: Conversation, exact: bool, by: Any = None) -> Iterator[None]:
    """An exact export is written down before anything leaves; a public one may be taken by anybody."""
    if exact:
        record(verb="conversation.exported", on=conversation, by=by)
    yield
