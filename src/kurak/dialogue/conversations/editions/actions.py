"""Publishing an edition: the picture of this moment, frozen, with measures for the rest of the platform and a trail
that leads from its numbers down to the statements that people voted on."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.dialogue.conversations import analysis, queries, rules
from kurak.dialogue.conversations.exchange.layout import VOTES
from kurak.dialogue.conversations.exchange.writing import Export
from kurak.dialogue.conversations.models import Conversation, Edition, Picture
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.measures import actions as measures
from kurak.ground.measures.models import Source
from kurak.ground.safety.actions import record
from kurak.ground.safety.counts import guard
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing


def publish_edition(*, conversation: Conversation, by: Any) -> Edition:
    """Freeze the newest picture. Publishing twice without a new vote in between is publishing once."""
    if not rules.may_run(by, conversation):
        raise Forbidden("edition.not_yours", _("Only facilitators of this conversation publish editions."))
    if queries.pictures_due().filter(pk=conversation.pk).exists():
        analysis.redraw(conversation)
    picture = Picture.objects.filter(conversation=conversation).first()
    if picture is None or not picture.shown:
        raise Refused("edition.no_picture", _("There is no picture yet: at least ten people must have voted."))
    return _freeze(conversation, picture, digest_of_votes(conversation), by)


@transaction.atomic
def _freeze(conversation: Conversation, picture: Picture, digest: str, by: Any) -> Edition:
    Conversation.objects.select_for_update().get(pk=conversation.pk)  # one number at a time
    last = conversation.editions.first()
    if last and last.input_digest == digest and last.shown == picture.shown:
        return last
    edition = Edition.objects.create(
        conversation=conversation,
        number=last.number + 1 if last else 1,
        published_by=by,
        last_vote=picture.last_vote,
        shown=picture.shown,
        engine=picture.shown["engine"],
        input_digest=digest,
    )
    record(verb="edition.published", on=edition, by=by, conversation=conversation.slug, votes=digest)
    lay(claim=edition, on=uniting(edition), relation=Footing.Relation.COMPUTED_FROM, by=by)
    if conversation.is_listed:  # measures are public: of a closed circle not even the question is
        state_measures(edition)
    return edition


def digest_of_votes(conversation: Conversation) -> str:
    """SHA-256 of votes.csv as everybody can download it now."""
    digest = hashlib.sha256()
    for part in Export(conversation).files()[VOTES]():
        digest.update(part)
    return digest.hexdigest()


def uniting(edition: Edition) -> list[Any]:
    numbers = [brief["statement"] for brief in edition.shown["unites"]]
    return list(edition.conversation.statements.filter(number__in=numbers))


def state_measures(edition: Edition) -> None:
    """What other rooms, maps and open data read of a conversation."""
    shown, conversation = edition.shown, edition.conversation
    made: dict[str, Any] = {
        "method": f"kurak opinion votes.csv --statements comments.csv  # {conversation.slug}, edition {edition.number}",
        "version": edition.engine,
        "made_from": edition.input_digest,
    }
    said = shown["statements"] or 1
    values: dict[str, Any] = {
        "conversation-participants": guard(shown["people"]),
        "conversation-votes": shown["votes"],
        "conversation-statements": shown["statements"],
        "conversation-uniting-share": len(shown["unites"]) / said,
    }
    source, today = source_of(conversation), timezone.now().date()
    period = (min(conversation.created.date(), today), today)
    for quantity, value in values.items():
        measures.state(
            quantity=quantity, place=conversation.place, period=period, value=value, source=source, by=None,
            on=[edition], **made,
        )  # fmt: skip


def source_of(conversation: Conversation) -> Source:
    return measures.cite(
        code=f"conversation-{conversation.slug}"[:120],
        title=f"Kurak: {conversation.question.body}"[:300],
        url="",
        licence=conversation.origin.get("licence") or "CC-BY-4.0",
        citation=conversation.origin.get("attribution", ""),
    )
