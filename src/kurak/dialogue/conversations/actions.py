"""The only writes of the participant's side. Each is one transaction, and doing it twice is doing it once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.dialogue.conversations import keys, queries
from kurak.dialogue.conversations.models import Conversation, GuestCode, Participant, Picture, Statement, Vote
from kurak.ground.errors import Forbidden, Missing, Refused, TooMany
from kurak.ground.languages.declared import BY_CODE
from kurak.ground.languages.folding import fold, legible
from kurak.ground.languages.text import Text
from kurak.ground.safety.limits import LIMITS, require

AGREE, PASS, DISAGREE = Vote.Value.AGREE, Vote.Value.PASS, Vote.Value.DISAGREE
QUESTIONS = ("country", "generation", "gender", "settlement")
ANOTHER_WAS_FIRST = 3  # tries, where two requests of one person meet
KEY_UNREADABLE = _l("A key has 26 letters and digits. Copy it whole.")


def need_open(conversation: Conversation) -> None:
    if queries.phase_of(conversation) != Conversation.Phase.OPEN:
        raise Forbidden("conversation.closed", _("This conversation is not open for votes now."))


def once_more[T](write: Callable[[], T]) -> T:
    """Run a write again when another request of the same person was first."""
    for _attempt in range(ANOTHER_WAS_FIRST - 1):
        try:
            with transaction.atomic():
                return write()
        except IntegrityError:
            continue
    with transaction.atomic():
        return write()


def admit(*, conversation: Conversation, key: str, invitation: str = "") -> Participant:
    """The participant who holds the key; a new one where the conversation lets them in."""
    digest = keys.digest_of(conversation, key)
    known = conversation.participants.filter(digest=digest).first()
    if known:
        return known
    need_open(conversation)
    if conversation.admission == Conversation.Admission.GUESTS:
        raise Forbidden("conversation.code_needed", _("Enter the code of your invitation first."))
    if conversation.admission == Conversation.Admission.LINK and not secrets.compare_digest(
        invitation.encode(), conversation.link_token.encode()
    ):
        raise Forbidden("conversation.link_needed", _("Open the conversation with the link you were given."))
    return once_more(lambda: _enter(conversation, digest))


def _enter(conversation: Conversation, digest: str) -> Participant:
    """Numbers are drawn by lot: the order in which people came is nobody's business."""
    numbered = {"number": secrets.randbelow(2**31 - 1) + 1}
    return Participant.objects.get_or_create(conversation=conversation, digest=digest, defaults=numbered)[0]


def redeem(*, conversation: Conversation, code: str, key: str) -> Participant:
    """Let a guest in. The code is marked as used; who used it is not kept. A wrong code counts as a try, so the count
    is kept outside of the transaction that the refusal takes back."""
    need_open(conversation)
    known = conversation.participants.filter(digest=keys.digest_of(conversation, key)).first()
    if known:
        return known
    require(f"guest:{keys.digest_of(conversation, key)}", "guest_code")
    return _redeem(conversation, code, key)


@transaction.atomic
def _redeem(conversation: Conversation, code: str, key: str) -> Participant:
    digest = keys.digest_of(conversation, code.strip().lower().replace("-", "").replace(" ", ""))
    taken = GuestCode.objects.filter(conversation=conversation, digest=digest, used=False).update(used=True)
    if not taken:
        raise Refused("conversation.code_unknown", _("This code is not known or was used already. Check each letter."))
    return _enter(conversation, keys.digest_of(conversation, key))


@transaction.atomic
def answer_about_me(*, by: Participant, consent: bool, answers: Mapping[str, str]) -> Participant:
    """Keep the optional answers, with consent; without it, forget them."""
    for question in QUESTIONS:
        asked = consent and question in by.conversation.asks
        setattr(by, question, answers.get(question, "")[:20] if asked else "")
    by.consented = consent
    by.save(update_fields=[*QUESTIONS, "consented"])
    redraw_later(conversation=by.conversation)
    return by


def cast_vote(
    *, statement: Statement, vote: int, by: Participant, matters: bool = False, chance: float | None = None
) -> Vote:
    """A participant's word on a statement. The same word again changes nothing; another word replaces it."""
    if vote not in Vote.Value.values:
        raise Refused("vote.unknown", _("A vote is agree (1), disagree (-1) or pass (0)."), vote=vote)
    if statement.conversation_id != by.conversation_id:
        raise Missing("statement.unknown", _("There is no such statement in this conversation."))
    need_open(by.conversation)
    if not queries.is_put_to_the_vote(statement) and statement.author_id != by.pk:
        raise Refused("statement.gone", _("This statement is no longer put to the vote. Nothing was changed."))
    return once_more(lambda: _cast(statement, vote, by, matters, chance))


def _cast(statement: Statement, vote: int, by: Participant, matters: bool, chance: float | None) -> Vote:
    former = by.votes.select_for_update().filter(statement=statement, latest=True).first()
    if former and (former.value, former.matters) == (vote, matters):
        return former
    need_patience(by)
    if former:
        Vote.objects.filter(pk=former.pk).update(latest=False)
        chance = former.chance
    return Vote.objects.create(
        conversation_id=by.conversation_id, participant=by, statement=statement,
        value=vote, matters=matters, chance=chance,
    )  # fmt: skip


def need_patience(by: Participant) -> None:
    """Nobody reads this fast. Counted on the votes themselves, so that an honest vote costs no second write."""
    limit = LIMITS["vote"]
    since = timezone.now() - timedelta(seconds=limit.seconds)
    if by.votes.filter(latest=True, at__gt=since).count() >= limit.times:
        raise TooMany("vote.too_fast", _("That was very fast. Your votes are kept; go on in a minute."))


def propose_statement(*, conversation: Conversation, body: str, language: str, by: Participant) -> Statement:
    """Add a statement in the author's own words. The author agrees with it. Sending it twice adds it once."""
    need_open(conversation)
    body = legible(body)
    if not conversation.may_write:
        raise Forbidden("statement.not_now", _("New statements are not taken in this conversation."))
    if not fold(body):
        raise Refused("statement.empty", _("Write your statement first."))
    if len(body) > conversation.longest:
        raise Refused(
            "statement.too_long",
            _("Your statement has %(have)d characters; at most %(most)d fit. Say one thought only.")
            % {"have": len(body), "most": conversation.longest},
        )
    if language not in BY_CODE:
        raise Refused("statement.language", _("Choose the language of your statement."))
    return once_more(lambda: _propose(conversation, Text(language, body), by))


def _propose(conversation: Conversation, text: Text, by: Participant) -> Statement:
    Conversation.objects.select_for_update().get(pk=conversation.pk)  # one number at a time
    folded = fold(text.body)
    same = conversation.statements.filter(folded=folded, author=by).first()
    if same:
        return same
    require(f"participant:{by.pk}", "statement")
    highest = conversation.statements.order_by("-number").values_list("number", flat=True).first()
    statement = Statement.objects.create(
        conversation=conversation, number=0 if highest is None else highest + 1, text=text, author=by, folded=folded
    )
    _cast(statement, AGREE, by, matters=False, chance=None)
    return statement


@transaction.atomic
def appeal(*, statement: Statement, words: str, by: Participant) -> Statement:
    """The author answers a rejection, once; another moderator looks at it."""
    if statement.author_id != by.pk:
        raise Forbidden("appeal.not_yours", _("Only the author can appeal."))
    if statement.status != Statement.Status.REJECTED or statement.appeal:
        raise Refused("appeal.not_now", _("There is no decision to appeal against, or you have appealed already."))
    require(f"participant:{by.pk}", "appeal")
    if not words.strip():
        raise Refused("appeal.empty", _("Say why the statement should be shown."))
    statement.appeal, statement.appeal_open = words.strip()[:1000], True
    statement.save(update_fields=["appeal", "appeal_open"])
    return statement


@transaction.atomic
def erase_participant(*, by: Participant) -> None:
    """Forget a participant: votes and answers go, statements stay without an author, for others have voted on them."""
    conversation = by.conversation
    by.statements.update(author=None)
    by.delete()
    redraw_later(conversation=conversation)


def redraw_later(*, conversation: Conversation) -> None:
    """Something other than a vote changed the picture: moderation, an exclusion, an erasure."""
    Picture.objects.filter(conversation=conversation).update(stale=True)
