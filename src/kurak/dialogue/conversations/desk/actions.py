"""The facilitator's writes. Each is one transaction, asks for the right, and leaves a history and an act behind."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.dialogue.conversations import history, keys, queries, rules
from kurak.dialogue.conversations.actions import redraw_later
from kurak.dialogue.conversations.models import Conversation, GuestCode, Statement
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.declared import BY_CODE
from kurak.ground.languages.folding import fold
from kurak.ground.languages.text import Made, Text
from kurak.ground.people.models import Person
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record

Phase = Conversation.Phase
EDITABLE = (
    "question", "introduction", "policy", "place", "organisation", "opens", "closes",
    "admission", "moderation", "may_write", "longest", "asks", "publishes_votes",
)  # fmt: skip
NEXT = {Phase.DRAFT: {Phase.OPEN}, Phase.OPEN: {Phase.CLOSED}, Phase.CLOSED: {Phase.OPEN}}
MOST_CODES = 5000  # at once
SLUG_TAKEN = _l("Another conversation has this address: choose another.")


def need_facilitator(person: Person, conversation: Conversation) -> None:
    if not rules.may_run(person, conversation):
        raise Forbidden("conversation.not_yours", _("You do not run this conversation."))


def need_right_to_open(person: Person, place: Place) -> None:
    if not rules.may_open(person, place):
        raise Forbidden("conversation.not_here", _("You may not open conversations at this place."))


def new_token() -> str:
    return secrets.token_urlsafe(18)


@transaction.atomic
def prepare(
    *, by: Person, slug: str, question: Text, place: Place, themes: Iterable[Any] = (), **more: Any
) -> Conversation:
    """A new conversation, still in preparation: nobody but staff sees it."""
    need_right_to_open(by, place)
    conversation = Conversation(slug=slug, question=question, place=place, opened_by=by)
    set_fields(conversation, more)
    conversation._history_user = by  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            conversation.save()
    except IntegrityError as problem:
        raise Refused("conversation.slug_taken", SLUG_TAKEN) from problem
    conversation.themes.set(themes)
    record(verb="conversation.prepared", on=conversation, by=by)
    return conversation


@transaction.atomic
def edit(
    *, conversation: Conversation, by: Person, themes: Iterable[Any] | None = None, **changed: Any
) -> Conversation:
    """Change what participants see and what they may do."""
    held = hold(conversation, by=by)
    if "place" in changed and changed["place"] != held.place:
        need_right_to_open(by, changed["place"])
    keep_promise(held, changed)
    fields = set_fields(held, changed)
    if themes is not None and set(themes) != set(held.themes.all()):
        held.themes.set(themes)
        fields.append("themes")
    if fields:
        history.save(held, by=by, fields=[name for name in fields if name != "themes"])
        record(verb="conversation.edited", on=held, by=by, fields=sorted(fields))
    return held


def hold(conversation: Conversation, *, by: Person) -> Conversation:
    held = Conversation.objects.select_for_update(of=("self",)).select_related("place").get(pk=conversation.pk)
    need_facilitator(by, held)
    return held


def keep_promise(conversation: Conversation, changed: dict[str, Any]) -> None:
    """Whoever took part was told that the votes stay unpublished: that is not taken back."""
    publishes = changed.get("publishes_votes", conversation.publishes_votes)
    if publishes and not conversation.publishes_votes and conversation.participants.exists():
        raise Refused(
            "conversation.promise",
            _("People took part who were told that votes are not published. That cannot be changed any more."),
        )


def set_fields(conversation: Conversation, values: dict[str, Any]) -> list[str]:
    """Sets what differs; says what that was."""
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not for editing: {', '.join(sorted(unknown))}")
    changed = [name for name, value in values.items() if getattr(conversation, name) != value]
    for name in changed:
        setattr(conversation, name, values[name])
    if conversation.admission == Conversation.Admission.LINK and not conversation.link_token:
        conversation.link_token = new_token()
        changed.append("link_token")
    return changed


@transaction.atomic
def change_phase(*, conversation: Conversation, by: Person, phase: str) -> Conversation:
    """Open, close or open again by hand. A date that would undo it at once is taken away."""
    held = hold(conversation, by=by)
    now = queries.phase_of(held)
    if phase not in NEXT.get(Phase(now), set()):
        raise Refused("conversation.phase", _("This step is not possible now. Look at the conversation's phase again."))
    if phase == Phase.OPEN:
        need_something_to_vote_on(held)
        if held.closes and held.closes <= timezone.now():
            held.closes = None
    held.phase = phase
    history.save(held, by=by, fields=["phase", "closes"])
    record(verb=f"conversation.{phase}", on=held, by=by, before=now)
    return held


def need_something_to_vote_on(conversation: Conversation) -> None:
    if not conversation.may_write and not queries.shown_statements(conversation).exists():
        raise Refused(
            "conversation.empty", _("Nobody may write statements here and there are none yet: add statements first.")
        )


@transaction.atomic
def renew_link(*, conversation: Conversation, by: Person) -> Conversation:
    """A new link; the old one lets nobody else in. Who took part already stays in."""
    held = hold(conversation, by=by)
    held.link_token = new_token()
    history.save(held, by=by, fields=["link_token"])
    record(verb="conversation.link_renewed", on=held, by=by)
    return held


@dataclass(frozen=True, slots=True)
class Seeded:
    """Statements that were added, and lines that were there already."""

    added: list[Statement]
    known: list[str]


@transaction.atomic
def seed(*, conversation: Conversation, by: Person, language: str, lines: Iterable[str]) -> Seeded:
    """Add the facilitators' own statements, one a line. What is there already, however it is spelt, is not added."""
    held = hold(conversation, by=by)
    bodies = [" ".join(line.split()) for line in lines]
    need_fitting(held, bodies)
    known = set(held.statements.values_list("folded", flat=True))
    number = held.statements.order_by("-number").values_list("number", flat=True).first()
    added: list[Statement] = []
    repeated: list[str] = []
    for body in filter(None, bodies):
        folded = fold(body)
        if folded in known:
            repeated.append(body)
            continue
        known.add(folded)
        number = 0 if number is None else number + 1
        added.append(_seeded(held, number, Text(language, body), folded, by))
    if added:
        record(verb="conversation.seeded", on=held, by=by, numbers=[each.number for each in added])
    return Seeded(added, repeated)


def _seeded(conversation: Conversation, number: int, text: Text, folded: str, by: Person) -> Statement:
    statement = Statement(
        conversation=conversation, number=number, text=text, folded=folded,
        status=Statement.Status.ACCEPTED, is_seed=True,
    )  # fmt: skip
    statement._history_user = by  # type: ignore[attr-defined]
    statement.save()
    return statement


def need_fitting(conversation: Conversation, bodies: Sequence[str]) -> None:
    for line, body in enumerate(bodies, start=1):
        if len(body) > conversation.longest:
            raise Refused(
                "statement.too_long",
                _("Line %(line)d has %(have)d characters; at most %(most)d fit. Nothing was added.")
                % {"line": line, "have": len(body), "most": conversation.longest},
                line=line,
            )


@transaction.atomic
def translate(*, statement: Statement, by: Person, language: str, body: str, made: Made = "human") -> Statement:
    """Give a statement a translation, marked with how it was made; an empty one takes it away."""
    held = Statement.objects.select_for_update(of=("self",)).select_related("conversation__place").get(pk=statement.pk)
    need_facilitator(by, held.conversation)
    if language not in BY_CODE or language == held.text.language:
        raise Refused("translation.language", _("Choose one of the other languages."))
    if made not in ("human", "machine"):
        raise Refused("translation.made", _("Say whether a person or a machine translated it."))
    body = " ".join(body.split())
    others = {code: each for code, each in held.text.translations.items() if code != language}
    held.text = Text(held.text.language, held.text.body, others | ({language: (body, made)} if body else {}))
    history.save(held, by=by, fields=["text"])
    record(verb="statement.translated", on=held, by=by, language=language, made=made if body else None)
    return held


@transaction.atomic
def mark_about_person(*, statement: Statement, by: Person, about: bool) -> Statement:
    """A statement about the voter, such as “I am a teacher”, is asked but not part of the picture."""
    held = Statement.objects.select_for_update(of=("self",)).select_related("conversation__place").get(pk=statement.pk)
    need_facilitator(by, held.conversation)
    held.is_meta = about
    history.save(held, by=by, fields=["is_meta"])
    record(verb="statement.marked", on=held, by=by, about_the_person=about)
    redraw_later(conversation=held.conversation)
    return held


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code as it is shown, once, and whom it is meant for."""

    code: str
    country: str = ""
    generation: str = ""


@transaction.atomic
def invite(*, conversation: Conversation, by: Person, guests: Sequence[tuple[str, str]]) -> list[Invitation]:
    """One-time codes, one for each guest (country, generation). Only their digests are kept: show them now or never."""
    held = hold(conversation, by=by)
    if not 1 <= len(guests) <= MOST_CODES:
        raise Refused("guests.how_many", _("Make between 1 and %(most)d codes at once.") % {"most": MOST_CODES})
    made = [Invitation(new_code(), country, generation) for country, generation in guests]
    GuestCode.objects.bulk_create([
        GuestCode(
            conversation=held, digest=keys.digest_of(held, plain(each.code)),
            country=each.country, generation=each.generation,
        )
        for each in made
    ])  # fmt: skip
    record(verb="guests.invited", on=held, by=by, count=len(made))
    return made


def new_code() -> str:
    """80 random bits in four groups, to be read aloud or typed from paper."""
    letters = [secrets.choice(keys.ALPHABET) for _each in range(16)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))


def plain(code: str) -> str:
    return code.replace("-", "")


@transaction.atomic
def withdraw_unused(*, conversation: Conversation, by: Person) -> int:
    """Make codes that nobody has used worthless: a list was lost, or sent to the wrong people."""
    held = hold(conversation, by=by)
    count, _kinds = held.guest_codes.filter(used=False).delete()
    record(verb="guests.withdrawn", on=held, by=by, count=count)
    return count
