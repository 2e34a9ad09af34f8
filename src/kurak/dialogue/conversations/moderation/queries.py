"""What moderators look at, and what everybody may read about what they did."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kurak.dialogue.conversations.exchange.layout import guarded
from kurak.dialogue.conversations.models import Conversation, Flag, Statement
from kurak.dialogue.conversations.moderation.models import Comparison, Decision
from kurak.ground.languages.folding import fold, shared, trigrams

Status, Reason, Verb = Statement.Status, Statement.Reason, Decision.Verb
ALIKE = 0.5  # of two statements that say almost the same
HIDDEN = frozenset({Reason.HATE, Reason.PERSONAL})  # the log does not repeat what was rejected for these


def waiting(conversation: Conversation) -> QuerySet[Statement]:
    """Statements nobody has decided on, oldest first."""
    return conversation.statements.filter(status=Status.WAITING, merged_into=None)


def appeals(conversation: Conversation) -> QuerySet[Statement]:
    return conversation.statements.filter(appeal_open=True)


def decided(conversation: Conversation, status: int) -> QuerySet[Statement]:
    return conversation.statements.filter(status=status, merged_into=None, appeal_open=False)


def merged(conversation: Conversation) -> QuerySet[Statement]:
    return conversation.statements.exclude(merged_into=None).select_related("merged_into")


def flags(conversation: Conversation) -> QuerySet[Flag]:
    found = Flag.objects.filter(participant__conversation=conversation)
    return found.select_related("participant").order_by("state", "kind", "participant__number")


LISTS = {
    "consensus": _("What most agree or disagree with"),
    "unites": _("What unites the groups"),
    "divides": _("What divides the groups"),
}


def compared(conversation: Conversation) -> dict[str, Any] | None:
    """The last comparison with and without flagged people, its statements in place of their numbers."""
    row = Comparison.objects.filter(conversation=conversation).first()
    if row is None:
        return None
    by_number = {each.number: each for each in conversation.statements.all()}

    def told(entries: list[tuple[int, bool]]) -> list[tuple[Statement, bool]]:
        return [(by_number[number], agrees) for number, agrees in entries if number in by_number]

    shown = row.shown
    lists = [(title, *map(told, shown["lists"][name])) for name, title in LISTS.items()] if shown else []
    moved = [(by_number[each["statement"]], each["with"], each["without"]) for each in shown.get("moved", [])]
    return {**shown, "at": row.at, "empty": not shown, "moved": moved, "lists": lists}


@dataclass(frozen=True, slots=True)
class Queue:
    """How much waits for a moderator."""

    waiting: int
    appeals: int
    flags: int

    @property
    def all(self) -> int:
        return self.waiting + self.appeals + self.flags


def queue_of(*conversations: Conversation) -> Queue:
    """What waits in these conversations together."""
    statements = Statement.objects.filter(conversation__in=conversations)
    untouched = statements.filter(status=Status.WAITING, merged_into=None).count()
    looks = Flag.objects.filter(participant__conversation__in=conversations, state=Flag.State.OPEN).count()
    return Queue(untouched, statements.filter(appeal_open=True).count(), looks)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that say almost the same; the older one is proposed to stay."""

    stays: Statement
    goes: Statement
    alikeness: float


def near_duplicates(conversation: Conversation, *, at_least: float = ALIKE) -> list[Pair]:
    """Pairs put to the vote or waiting that are alike, most alike first, without those a moderator kept apart."""
    candidates = conversation.statements.filter(merged_into=None).exclude(status=Status.REJECTED)
    statements = list(candidates.order_by("number"))
    apart = _kept_apart(conversation)
    found = alike([statement.folded or fold(statement.text.body) for statement in statements], at_least=at_least)
    pairs = [Pair(statements[first], statements[second], score) for first, second, score in found]
    return [pair for pair in pairs if frozenset({pair.stays.pk, pair.goes.pk}) not in apart]


def _kept_apart(conversation: Conversation) -> set[frozenset[int]]:
    looked_at = conversation.decisions.filter(verb__in=[Verb.APART, Verb.UNMERGED])
    return {frozenset(pair) for pair in looked_at.values_list("statement", "other")}


def alike(folded: Sequence[str], *, at_least: float) -> list[tuple[int, int, float]]:
    """All pairs (i < j) of folded texts that share this part of their trigrams, most alike first.

    The product of the texts' table of trigrams with itself counts what every two have in common.

    >>> alike(["clean air for all", "safe roads", "clean air for everyone"], at_least=0.4)
    [(0, 2, 0.54)]
    """
    from scipy.sparse import csr_array, triu  # on use: pages that do not compare start without it

    column: dict[str, int] = {}
    sets = [[column.setdefault(each, len(column)) for each in trigrams(text)] for text in folded]
    sizes = np.array([len(each) for each in sets], np.int64)
    start = np.concatenate([[0], np.cumsum(sizes)])
    columns = np.array([each for one in sets for each in one], np.int64)
    table = csr_array((np.ones(len(columns), np.int32), columns, start), shape=(len(sets), len(column)))
    both = triu(table @ table.T, k=1).tocoo()
    score = both.data / (sizes[both.row] + sizes[both.col] - both.data)
    near = np.flatnonzero(score >= at_least)
    found = zip(both.row[near].tolist(), both.col[near].tolist(), score[near].round(2).tolist(), strict=True)
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def nearest(conversation: Conversation, statements: Iterable[Statement]) -> dict[int, Statement]:
    """For each of these statements the accepted one that says almost the same, where there is one."""
    accepted = [(each, _grams(each)) for each in decided(conversation, Status.ACCEPTED)]
    found = {}
    for statement in statements:
        grams = _grams(statement)
        scored = ((shared(grams, others), -each.number, each) for each, others in accepted)
        score, _number, best = max(scored, default=(0.0, 0, statement), key=lambda each: each[:2])
        if score >= ALIKE:
            found[statement.pk] = best
    return found


def _grams(statement: Statement) -> frozenset[str]:
    return trigrams(statement.folded or fold(statement.text.body))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the published log: no hour, no name, and no words that were rejected to protect somebody."""

    day: datetime.date
    code: str
    verb: str
    number: int | None
    statement: Statement | None
    reason: str
    because: str
    into: int | None


def log(conversation: Conversation) -> list[Entry]:
    """Every decision, newest first, as anybody may read it."""
    decisions = conversation.decisions.exclude(verb__in=[Verb.APART, Verb.CLEARED]).select_related("statement", "other")
    hidden = _hidden(conversation)
    return [_entry(decision, hidden) for decision in decisions]


def _hidden(conversation: Conversation) -> set[int]:
    """Statements that stay rejected, and were once rejected for what they do to a person."""
    for_a_person = Q(reason__in=HIDDEN) | Q(decisions__reason__in=HIDDEN)
    return set(conversation.statements.filter(for_a_person, status=Status.REJECTED).values_list("pk", flat=True))


def _entry(decision: Decision, hidden: set[int]) -> Entry:
    statement = decision.statement
    shown = None if statement is None or statement.pk in hidden else statement
    return Entry(
        day=decision.at.date(),
        code=decision.verb,
        verb=decision.get_verb_display(),
        number=statement.number if statement else None,
        statement=shown,
        reason=decision.reason,
        because=str(decision.get_reason_display()) if decision.reason else "",
        into=decision.other.number if decision.other else None,
    )


def row_of(entry: Entry) -> list[object]:
    """The entry as a line of a file: codes instead of sentences, nothing where nothing is shown."""
    text = entry.statement.text if entry.statement else None
    body, language = (guarded(text.body), text.language) if text else ("", "")
    return [entry.day.isoformat(), entry.code, entry.number, body, language, entry.reason, entry.into]
