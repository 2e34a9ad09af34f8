"""A conversation as files, streamed block by block: nothing here holds all votes at once.

Two ways of writing. *Public*: times of votes that were cast here say only the day, texts that are not shown to the
public are left out, votes are there only if participants were told so. *As recorded* (exact=True), for the staff's own
archive: everything but keys and answers about persons. What was imported comes back as it came, either way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from django.db.models import Count, Q, QuerySet

from kurak.dialogue.conversations.exchange import layout
from kurak.dialogue.conversations.exchange.about import about_of, read_me
from kurak.dialogue.conversations.exchange.layout import COLUMNS, COMMENTS, MATRIX, PARTICIPANTS, SUMMARY, VOTES
from kurak.dialogue.conversations.exchange.remainder import Sheet, unpacked
from kurak.dialogue.conversations.exchange.times import DAY, UNKNOWN, Calendar
from kurak.dialogue.conversations.models import Conversation, Participant, Picture, Remainder, Statement, Vote

CHUNK = 5_000
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
PERSONAL = frozenset({VOTES, MATRIX, PARTICIPANTS})  # files that hold rows of single people

type Stream = Iterator[bytes]


def milliseconds(at: datetime | None) -> int:
    if at is None:
        return UNKNOWN
    passed = at - EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1000 + passed.microseconds // 1000


@dataclass(frozen=True, slots=True)
class Person:
    """A row of participants-votes.csv before its votes."""

    pk: int
    number: int
    group: str
    excluded: bool


@dataclass
class Export:
    """Writes the files of one conversation."""

    conversation: Conversation
    exact: bool = False

    @cached_property
    def statements(self) -> list[Statement]:
        """Imported ones in the order of their file, ours by number."""
        everything = list(self.conversation.statements.select_related("author", "merged_into").order_by("pk"))
        imported = [each for each in everything if each.pk <= self.last_statement]
        ours = sorted((each for each in everything if each.pk > self.last_statement), key=lambda each: each.number)
        return [*imported, *ours]

    # What an import left

    @property
    def last_vote(self) -> int:
        return self.conversation.origin.get("last_vote", 0)

    @property
    def last_statement(self) -> int:
        return self.conversation.origin.get("last_statement", 0)

    @property
    def last_participant(self) -> int:
        return self.conversation.origin.get("last_participant", 0)

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        kept = Remainder.objects.filter(conversation=self.conversation).first()
        return unpacked(kept.content) if kept else {}

    @cached_property
    def untouched(self) -> bool:
        """Nobody has voted, written or been erased since the import."""
        rows = self.conversation
        counts = [rows.votes.count(), rows.statements.count(), rows.participants.count()]
        return counts == rows.origin.get("rows")

    @cached_property
    def whole(self) -> bool:
        """Every imported row is still there, so that odd cells can be put back into their rows."""
        rows = self.conversation
        votes, statements = (
            rows.votes.filter(pk__lte=self.last_vote),
            rows.statements.filter(pk__lte=self.last_statement),
        )
        people = rows.participants.filter(pk__lte=self.last_participant)
        return [votes.count(), statements.count(), people.count()] == rows.origin.get("rows")

    def sheet(self, name: str, columns: Sequence[str] = ()) -> Sheet:
        """How the file was laid, or how we lay it."""
        sheet = self.sheets.get(name) or Sheet(list(columns or COLUMNS[name]))
        return sheet if self.whole else replace(sheet, cells={})

    # Files

    def files(self) -> dict[str, Callable[[], Stream]]:
        """{name: a function that streams it}."""
        written: dict[str, Callable[[], Stream]] = {
            VOTES: lambda: self.table(self.votes_sheet, self.votes()),
            COMMENTS: lambda: self.table(self.sheet(COMMENTS), self.comments()),
            MATRIX: lambda: self.table(self.matrix_sheet, self.matrix()),
            PARTICIPANTS: lambda: self.table(self.participants_sheet, self.participants()),
            SUMMARY: self.summary,
            layout.STATEMENTS: lambda: iter([as_json(self.details())]),
            layout.CONVERSATION: lambda: iter([as_json(about_of(self.conversation))]),
            layout.READ_ME: lambda: iter([read_me(self.conversation, list(self.names())).encode()]),
        }
        return {name: written[name] for name in self.names()}

    def names(self) -> list[str]:
        everything = [*layout.KNOWN, layout.READ_ME]
        shows_people = self.exact or self.conversation.publishes_votes
        return [name for name in everything if shows_people or name not in PERSONAL]

    def table(self, sheet: Sheet, rows: Iterator[dict[str, str]]) -> Stream:
        """The rows as CSV, with what the source said differently."""
        untouched, safe = self.untouched, not self.exact
        cells = (sheet.laid(number, row, untouched=untouched, safe=safe) for number, row in enumerate(rows))
        return sheet.form.written(chain([sheet.columns], cells))

    # votes.csv

    @cached_property
    def votes_sheet(self) -> Sheet:
        matters = [layout.MATTERS] if self.conversation.votes.filter(matters=True).exists() else []
        sheet = self.sheet(VOTES, [*COLUMNS[VOTES], *matters])
        if matters and layout.MATTERS not in sheet.columns:
            sheet.columns.append(layout.MATTERS)
        return sheet

    def votes(self) -> Iterator[dict[str, str]]:
        """Imported events in the order of their file; ours by statement and number, so that order tells no time."""
        imported, ours = Q(pk__lte=self.last_vote), Q(pk__gt=self.last_vote)
        calendar = Calendar(self.votes_sheet.zones)
        for at, *rest in self._events(imported).order_by("pk").iterator(chunk_size=CHUNK):
            yield vote_row(milliseconds(at), calendar, *rest)
        for at, *rest in self._events(ours).order_by(
            "statement__number", "participant__number", "pk"
        ).iterator(chunk_size=CHUNK):  # fmt: skip
            yield vote_row(self.told(milliseconds(at)), calendar, *rest)

    def _events(self, which: Q) -> QuerySet[Vote, Any]:
        votes = Vote.objects.filter(which, conversation=self.conversation)
        return votes.values_list("at", "statement__number", "participant__number", "value", "matters")

    def told(self, at: int) -> int:
        """A moment of ours as it may be told."""
        return at if self.exact or at == UNKNOWN else at - at % DAY

    # comments.csv, statements.json

    def comments(self) -> Iterator[dict[str, str]]:
        sheet = self.sheet(COMMENTS)
        calendar, counts, absent = Calendar(sheet.zones), self.counts, set(sheet.absent)
        for statement in self.statements:
            if statement.number in absent:
                continue
            at = milliseconds(statement.created)
            at = at if statement.pk <= self.last_statement else self.told(at)
            agrees, disagrees = counts.get(statement.pk, (0, 0))
            yield {
                "timestamp": "" if at == UNKNOWN else str(at),
                "datetime": calendar.write(at),
                "comment-id": str(statement.number),
                "author-id": self.author(statement),
                "agrees": str(agrees),
                "disagrees": str(disagrees),
                "moderated": str(statement.status),
                "comment-body": layout.guarded(statement.text.body) if self.shows(statement) else "",
            }

    @cached_property
    def counts(self) -> dict[int, tuple[int, int]]:
        """{statement: agrees and disagrees}, of events as the layout wants it: a changed vote counts twice."""
        votes = self.conversation.votes.values_list("statement")
        rows = votes.annotate(yes=Count("pk", filter=Q(value=1)), no=Count("pk", filter=Q(value=-1))).order_by()
        return {statement: (yes, no) for statement, yes, no in rows}

    def author(self, statement: Statement) -> str:
        if statement.author_number is not None:
            return str(statement.author_number)
        told = statement.author is not None and (self.exact or self.conversation.publishes_votes)
        return str(statement.author.number) if told and statement.author else ""

    def shows(self, statement: Statement) -> bool:
        """Whether the public may read the text. What was rejected at its source was published there already."""
        if self.exact:
            return True
        if statement.status == Statement.Status.WAITING:
            return self.conversation.moderation == Conversation.Moderation.OPEN
        rejected = statement.status == Statement.Status.REJECTED
        return not rejected or (statement.pk <= self.last_statement and not statement.reason)

    def details(self) -> dict[str, Any]:
        """statements.json: what comments.csv has no column for."""
        return {str(statement.number): self._details(statement) for statement in self.statements}

    def _details(self, statement: Statement) -> dict[str, Any]:
        told = statement.text.as_json()
        merged = statement.merged_into.number if statement.merged_into else None
        more = {
            "is_meta": statement.is_meta,
            "is_seed": statement.is_seed,
            "merged_into": merged,
            "reason": statement.reason,
        }
        translations = told["translations"] if self.shows(statement) else {}
        found = {"translations": translations, **more}
        return {"language": told["language"], **{name: value for name, value in found.items() if value}}

    # participants-votes.csv, participants.csv

    @cached_property
    def people(self) -> list[Person]:
        """Imported ones in the order of their file, ours by number if they have voted."""
        groups = drawn_groups(self.conversation) if self._has_ours else {}
        rows = self.conversation.participants.values_list("pk", "number", "published_group", "weight")
        imported = rows.filter(pk__lte=self.last_participant).order_by("pk")
        voted = Vote.objects.filter(conversation=self.conversation, pk__gt=self.last_vote).values("participant")
        ours = rows.filter(pk__gt=self.last_participant, pk__in=voted).order_by("number")
        theirs = [Person(pk, n, "" if group is None else str(group), not weight) for pk, n, group, weight in imported]
        return theirs + [Person(pk, n, str(groups.get(pk, "")), not weight) for pk, n, _group, weight in ours]

    @property
    def _has_ours(self) -> bool:
        return Participant.objects.filter(conversation=self.conversation, pk__gt=self.last_participant).exists()

    @cached_property
    def matrix_sheet(self) -> Sheet:
        """A column for every statement with a vote; the source's columns first."""
        votes = self.conversation.votes.filter(pk__gt=self.last_vote if MATRIX in self.sheets else 0)
        voted = votes.order_by().values_list("statement__number", flat=True).distinct()
        numbers = list(map(str, sorted(voted)))
        sheet = self.sheet(MATRIX, [*COLUMNS[MATRIX], *numbers])
        sheet.columns += [number for number in numbers if number not in set(sheet.columns)]
        return sheet

    def matrix(self) -> Iterator[dict[str, str]]:
        """Every person's latest votes, one row at a time."""
        absent = set(self.matrix_sheet.absent)
        wrote = Counter(each.author.number if each.author else each.author_number for each in self.statements)
        for person, votes in self._votes_of_people():
            if person.number in absent:
                continue
            values = list(votes.values())
            yield {
                "participant": str(person.number),
                "group-id": person.group,
                "n-comments": str(wrote[person.number]),
                "n-votes": str(len(values)),
                "n-agree": str(values.count("1")),
                "n-disagree": str(values.count("-1")),
                **votes,
            }

    def _votes_of_people(self) -> Iterator[tuple[Person, dict[str, str]]]:
        """People in order, each with {statement: vote}; the votes are read in the same order."""
        votes = Vote.objects.filter(conversation=self.conversation, latest=True)
        rows = votes.values_list("participant_id", "statement__number", "value")
        imported = rows.filter(participant_id__lte=self.last_participant).order_by("participant_id")
        ours = rows.filter(participant_id__gt=self.last_participant).order_by("participant__number")
        read = chain(imported.iterator(chunk_size=CHUNK), ours.iterator(chunk_size=CHUNK))
        waiting = groupby(read, key=lambda row: row[0])
        nobody: tuple[int, Iterator[Any]] = (0, iter(()))
        key, theirs = next(waiting, nobody)
        for person in self.people:
            if person.pk != key:
                yield person, {}
                continue
            yield person, {str(statement): str(value) for _pk, statement, value in theirs}
            key, theirs = next(waiting, nobody)

    @cached_property
    def participants_sheet(self) -> Sheet:
        """Answers about persons are read from this file, never written to it."""
        sheet = self.sheet(PARTICIPANTS)
        sheet.columns = [column for column in sheet.columns if column not in layout.ABOUT]
        return sheet

    def participants(self) -> Iterator[dict[str, str]]:
        return ({"participant": str(each.number), "excluded": str(int(each.excluded))} for each in self.people)

    # summary.csv

    def summary(self) -> Stream:
        if SUMMARY in self.sheets and self.untouched:
            sheet = self.sheets[SUMMARY]
            rows = max((len(each) for each in sheet.cells.values()), default=0)
            told = [sheet.laid(number, {}, safe=not self.exact) for number in range(rows)]
        else:
            sheet, told = Sheet(["key", "value"]), [[key, layout.guarded(value)] for key, value in self.said().items()]
        return sheet.form.written(told)

    def said(self) -> dict[str, str]:
        conversation = self.conversation
        return {
            "topic": str(conversation.question),
            "conversation-description": str(conversation.introduction or ""),
            "voters": str(conversation.votes.order_by().values("participant").distinct().count()),
            "comments": str(len(self.statements)),
            "votes": str(conversation.votes.count()),
        }


def vote_row(at: int, calendar: Calendar, statement: int, person: int, value: int, matters: bool) -> dict[str, str]:
    return {
        "timestamp": "" if at == UNKNOWN else str(at),
        "datetime": calendar.write(at),
        "comment-id": str(statement),
        "voter-id": str(person),
        "vote": str(value),
        layout.MATTERS: str(int(matters)),
    }


def drawn_groups(conversation: Conversation) -> Mapping[int, int]:
    """{participant: group} of the living picture; people without a group are not in it."""
    from kurak.dialogue.conversations import analysis

    state = Picture.objects.filter(conversation=conversation).values_list("state", flat=True).first()
    drawn = analysis.restored(state)
    if drawn is None or drawn.k < 2:
        return {}
    pairs = zip(drawn.participants.tolist(), drawn.group.tolist(), strict=True)
    return {person: group for person, group in pairs if group >= 0}


def as_json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write_folder(conversation: Conversation, folder: Path, *, exact: bool = False) -> list[Path]:
    """Write all files into a folder."""
    paths = []
    for name, stream in Export(conversation, exact=exact).files().items():
        with (folder / name).open("wb") as file:
            file.writelines(stream())
        paths.append(folder / name)
    return paths
