"""Questions that are proposed, and replies. A reply is never edited and never taken away: who wants to say more, says
it below. So there is one way to write one, and none to change its words."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.accounts import rules
from kurak.commitments.accounts.models import Account, Question, Reply
from kurak.commitments.accounts.things import Thing, thing_of
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation, Person
from kurak.ground.safety import limits
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing

LONGEST = 10_000
LONGEST_QUESTION = 1000


@transaction.atomic
def propose(*, about: Thing, by: Person, text: Text, organisation: Organisation | None = None) -> Question:
    """A question for the review or for the authority. It is shown once a second person has released it."""
    if not rules.may_ask(by, about.place) or (organisation and not rules.is_member(by, organisation)):
        raise Forbidden("question.not_yours", _("Members of organisations and staff of the place propose questions."))
    _need_text(text, LONGEST_QUESTION)
    same = Question.objects.filter(**about.fields, asked_by=by, text=text, withdrawn_at=None).first()
    if same is not None:
        return same
    limits.require(f"person:{by.pk}", "reply")
    return Question.objects.create(**about.fields, organisation=organisation, text=text, asked_by=by)


def _need_text(text: Text, longest: int) -> None:
    if not text.body.strip():
        raise Refused("text.empty", _("Write something first."))
    if len(text.body) > longest:
        raise Refused("text.long", _("The text is longer than %(most)d letters. Shorten it.") % {"most": longest})


@transaction.atomic
def release(*, question: Question, by: Person) -> Question:
    """Show a proposed question to everybody."""
    held = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if not rules.may_release(by, held):
        raise Forbidden("account.second_person", _("A second person releases it: a coordinator of the place."))
    if held.withdrawn_at is not None:
        raise Refused("question.withdrawn", _("This question was withdrawn."))
    if held.published_at is None:
        held.published_at = timezone.now()
        held.save(update_fields=["published_at"])
        record(verb="question.released", on=held, by=by)
    return held


@transaction.atomic
def withdraw(*, question: Question, by: Person, why: str) -> Question:
    """By who proposed it, or a coordinator. What was answered to it stays."""
    held = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if held.asked_by_id != by.pk and not rules.may_judge(by, held.place):
        raise Forbidden("question.not_yours", _("Only who proposed it and coordinators can take a question back."))
    if held.withdrawn_at is None:
        held.withdrawn_at, held.why = timezone.now(), why.strip()[:300]
        held.save(update_fields=["withdrawn_at", "why"])
    return held


@transaction.atomic
def reply(*, to: Account | Question, by: Person, organisation: Organisation, text: Text) -> Reply:
    """Answer an approved account or a released question in the name of an organisation. It stands at once, for good."""
    if not rules.may_reply(by, organisation, to):
        raise Forbidden(
            "reply.not_yours", _("Authorities of the place answer, and the organisation whose account it is.")
        )
    if not _can_be_answered(to):
        raise Refused("reply.closed", _("Only what is published is answered."))
    _need_text(text, LONGEST)
    where = {"account": to} if isinstance(to, Account) else {"question": to}
    same = Reply.objects.filter(**where, organisation=organisation, text=text).first()  # a second click
    if same is not None:
        return same
    limits.require(f"person:{by.pk}", "reply")
    made = Reply.objects.create(**where, organisation=organisation, text=text, said_by=by)
    lay(claim=made, on=[to], relation=Footing.Relation.ANSWERS, by=by)
    return made


@transaction.atomic
def cover(*, reply: Reply, by: Person, why: str) -> Reply:
    """Cover words that put somebody at risk: a name, a place, a telephone number. The answer itself stays, with the
    reason, for everybody to see; nothing else is a reason, and the act is in the record."""
    held = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if not rules.may_judge(by, about(held).place):
        raise Forbidden("reply.not_yours", _("Only a coordinator of the place covers words that put somebody at risk."))
    if not why.strip():
        raise Refused("reply.why", _("Say who or what is put at risk, without repeating it: everybody reads this."))
    if held.covered_at is None:
        held.covered_at, held.covered_why = timezone.now(), why.strip()[:300]
        held.save(update_fields=["covered_at", "covered_why"])
        record(verb="reply.covered", on=held, by=by, reason=held.covered_why)
    return held


def _can_be_answered(to: Account | Question) -> bool:
    if isinstance(to, Account):
        return rules.is_public(to)
    return to.published_at is not None and to.withdrawn_at is None


def about(reply: Reply) -> Thing:
    return thing_of(reply.account or reply.question)
