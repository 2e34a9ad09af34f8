"""The moderators' writes. Each is one transaction, asks for the right, and leaves a decision and an act behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from kurak.dialogue.conversations import history
from kurak.dialogue.conversations.actions import redraw_later
from kurak.dialogue.conversations.models import Conversation, Flag, Participant, Statement
from kurak.dialogue.conversations.moderation import rules
from kurak.dialogue.conversations.moderation.models import Decision
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.safety.actions import record

Status, Reason, Verb = Statement.Status, Statement.Reason, Decision.Verb


def need_moderator(person, conversation: Conversation) -> None:
    if not rules.may_moderate(person, conversation):
        raise Forbidden("moderation.not_yours", _("You do not moderate this conversation."))


def hold(statement: Statement, *, by, revision: int | None) -> Statement:
    """The statement as it is now, locked until the transaction ends, if it is still what the moderator looked at."""
    found = Statement.objects.select_for_update(of=("self",)).select_related("conversation__place")
    held = found.get(pk=statement.pk)
    need_moderator(by, held.conversation)
    if revision is not None and held.revision != revision:
        raise Refused(
            "statement.changed",
            _("Somebody else decided on statement %(number)d meanwhile. Nothing was changed: look at it again.")
            % {"number": held.number},
            number=held.number,
        )
    return held


def write_down(verb: Decision.Verb, statement: Statement, *, by, reason: str = "", note: str = "", other=None) -> None:
    """The decision for the log, and the act for the audit."""
    kept = {"statement": statement, "other": other, "verb": verb, "reason": reason, "note": note, "by": by}
    Decision.objects.create(conversation=statement.conversation, **kept)
    details = {"code": reason} if reason else {}
    if other is not None:
        details["other"] = other.number
    record(verb=f"statement.{verb}", on=statement, by=by, reason=note, **details)
    redraw_later(conversation=statement.conversation)


def no_appeal_open(statement: Statement) -> None:
    if statement.appeal_open:
        raise Refused("appeal.open", _("The author has appealed: decide on the appeal."), number=statement.number)


@transaction.atomic
def accept(*, statement: Statement, by, revision: int | None = None, note: str = "") -> Statement:
    """Put a statement to the vote."""
    held = hold(statement, by=by, revision=revision)
    no_appeal_open(held)
    held.status, held.reason, held.note = Status.ACCEPTED, Reason.NONE, note.strip()
    history.save(held, by=by, fields=["status", "reason", "note"])
    write_down(Verb.ACCEPTED, held, by=by, note=held.note)
    return held


@transaction.atomic
def reject(*, statement: Statement, by, reason: str, revision: int | None = None, note: str = "") -> Statement:
    """Take a statement out of the vote, for a reason that its author reads."""
    if reason not in Reason.values or not reason:
        raise Refused("statement.reason_needed", _("Choose a reason: the author will read it."))
    held = hold(statement, by=by, revision=revision)
    no_appeal_open(held)
    held.status, held.reason, held.note = Status.REJECTED, reason, note.strip()
    history.save(held, by=by, fields=["status", "reason", "note"])
    write_down(Verb.REJECTED, held, by=by, reason=reason, note=held.note)
    return held


@dataclass(slots=True)
class Outcome:
    """Of a decision on many: what was done, and the sentences about what was not."""

    done: list[Statement] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@transaction.atomic
def decide_many(
    *, looked_at: Iterable[tuple[Statement, int]], verdict: str, by, reason: str = "", note: str = ""
) -> Outcome:
    """Accept or reject many at once, each with the revision that was looked at. One that changed stops no other."""
    outcome = Outcome()
    for statement, revision in looked_at:
        try:
            with transaction.atomic():
                if verdict == Verb.ACCEPTED:
                    held = accept(statement=statement, by=by, revision=revision, note=note)
                else:
                    held = reject(statement=statement, by=by, revision=revision, reason=reason, note=note)
        except Forbidden:
            raise
        except Refused as refusal:
            outcome.refused.append(refusal)
        else:
            outcome.done.append(held)
    return outcome


@transaction.atomic
def decide_appeal(*, statement: Statement, by, upheld: bool, revision: int | None = None, note: str = "") -> Statement:
    """Another moderator's word on a rejection. It is the last one."""
    held = hold(statement, by=by, revision=revision)
    if not held.appeal_open:
        raise Refused("appeal.none", _("There is no open appeal on this statement."), number=held.number)
    if not rules.may_decide_appeal(by, held):
        raise Forbidden("appeal.second_moderator", _("You rejected this statement: another moderator decides."))
    held.appeal_open, held.note = False, note.strip()
    if upheld:
        held.status, held.reason = Status.ACCEPTED, Reason.NONE
    history.save(held, by=by, fields=["status", "reason", "note", "appeal_open"])
    write_down(Verb.UPHELD if upheld else Verb.DISMISSED, held, by=by, reason=held.reason, note=held.note)
    return held


@transaction.atomic
def merge(*, statement: Statement, into: Statement, by, revision: int | None = None) -> Statement:
    """Let two statements that say the same count as one. Votes stay where they were cast, so that it can be undone:
    the picture counts a vote on the merged statement as one on the other, where the person did not vote on that."""
    held, kept = hold(statement, by=by, revision=revision), hold(into, by=by, revision=None)
    _need_mergeable(held, kept)
    held.merged_into = kept
    history.save(held, by=by, fields=["merged_into"])
    write_down(Verb.MERGED, held, by=by, reason=Reason.DUPLICATE, other=kept)
    return held


def _need_mergeable(statement: Statement, kept: Statement) -> None:
    if statement.pk == kept.pk or statement.conversation_id != kept.conversation_id:
        raise Refused("merge.not_two", _("Choose two different statements of one conversation."))
    if statement.merged_into_id:
        raise Refused("merge.already", _("This statement is merged already: undo that first."))
    if kept.left_out:
        raise Refused("merge.kept_left_out", _("The statement that stays must itself be put to the vote."))
    if statement.merged.exists():
        raise Refused("merge.chain", _("Others were merged into this statement: let it stay, or undo that first."))


@transaction.atomic
def unmerge(*, statement: Statement, by, revision: int | None = None) -> Statement:
    """Let a merged statement stand by itself again, with its own votes."""
    held = hold(statement, by=by, revision=revision)
    if held.merged_into is None:
        raise Refused("merge.none", _("This statement is not merged."))
    former, held.merged_into = held.merged_into, None
    history.save(held, by=by, fields=["merged_into"])
    write_down(Verb.UNMERGED, held, by=by, other=former)
    return held


@transaction.atomic
def keep_apart(*, statement: Statement, other: Statement, by) -> None:
    """Write down that two alike statements say different things, so that nobody is asked about them again."""
    held = hold(statement, by=by, revision=None)
    write_down(Verb.APART, held, by=by, other=hold(other, by=by, revision=None))


@transaction.atomic
def exclude(*, flag: Flag, by, reason: str) -> Flag:
    """Leave a participant's votes out of the picture. Nothing is deleted; `restore` takes it back."""
    if not reason.strip():
        raise Refused("flag.reason_needed", _("Write down why: an exclusion must be possible to check."))
    held = _hold_flag(flag, by=by, expected=Flag.State.OPEN)
    _judge(held, Flag.State.EXCLUDED, Verb.EXCLUDED, by=by, reason=reason)
    _weigh(held.participant)
    return held


@transaction.atomic
def clear(*, flag: Flag, by, reason: str = "") -> Flag:
    """Looked at, nothing wrong: the pattern is not shown again."""
    held = _hold_flag(flag, by=by, expected=Flag.State.OPEN)
    _judge(held, Flag.State.CLEARED, Verb.CLEARED, by=by, reason=reason)
    return held


@transaction.atomic
def restore(*, flag: Flag, by, reason: str = "") -> Flag:
    """Count an excluded participant again, unless another flag still excludes them."""
    held = _hold_flag(flag, by=by, expected=Flag.State.EXCLUDED)
    _judge(held, Flag.State.CLEARED, Verb.RESTORED, by=by, reason=reason)
    _weigh(held.participant)
    return held


def _hold_flag(flag: Flag, *, by, expected: str) -> Flag:
    found = Flag.objects.select_for_update(of=("self",)).select_related("participant__conversation__place")
    held = found.get(pk=flag.pk)
    need_moderator(by, held.participant.conversation)
    if held.state != expected:
        raise Refused(
            "flag.changed", _("Somebody else decided on this meanwhile. Nothing was changed: look at it again.")
        )
    return held


def _judge(flag: Flag, state: Flag.State, verb: Decision.Verb, *, by, reason: str) -> None:
    flag.state, flag.reason = state, reason.strip()
    flag.save(update_fields=["state", "reason"])
    participant = flag.participant
    Decision.objects.create(
        conversation=participant.conversation, participant=participant, verb=verb, note=flag.reason, by=by
    )
    record(verb=f"participant.{verb}", on=participant, by=by, reason=flag.reason, kind=flag.kind)


def _weigh(participant: Participant) -> None:
    """Excluded people weigh nothing. The maths reads the weight, and nothing else about the exclusion."""
    excluded = participant.flags.filter(state=Flag.State.EXCLUDED).exists()
    participant.weight = 0.0 if excluded else 1.0
    participant.save(update_fields=["weight"])
    redraw_later(conversation=participant.conversation)
