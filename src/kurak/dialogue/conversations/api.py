"""Conversations in the API: what is public of them, and a participant's own vote."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Field, Header, Query, Router, Schema

from kurak.dialogue.conversations import actions, keys, queries
from kurak.dialogue.conversations.exchange.about import attribution_of, licence_of
from kurak.dialogue.conversations.exchange.writing import Export
from kurak.dialogue.conversations.models import Conversation, Edition, Picture, Statement
from kurak.ground.errors import Missing, Refused
from kurak.ground.languages.words import Words, words
from kurak.ground.publishing.citing import Citation
from kurak.ground.publishing.pages import Page, Paged, page

router = Router(tags=["conversations"])
Side = Literal["agree", "disagree"]


class Cited(Schema):
    """What may be done with the answer, and how to name it."""

    licence: str = Field(description="SPDX name, or “unknown” for an import whose source did not say")
    attribution: str
    citation: str


class ConversationOut(Cited):
    slug: str
    question: Words
    introduction: Words | None
    place: str = Field(description="Code of the place it is about")
    themes: list[str]
    phase: Literal["draft", "open", "closed"]
    opens: dt.datetime | None
    closes: dt.datetime | None
    publishes_votes: bool = Field(description="Whether participants were told that single votes are published")
    page: str
    files: dict[str, str] = Field(description="Addresses of the files, by name; votes.csv holds every vote")

    @staticmethod
    def resolve_question(conversation: Conversation) -> Words:
        return words(conversation.question)

    @staticmethod
    def resolve_introduction(conversation: Conversation) -> Words | None:
        return words(conversation.introduction) if conversation.introduction else None

    @staticmethod
    def resolve_place(conversation: Conversation) -> str:
        return conversation.place.code

    @staticmethod
    def resolve_themes(conversation: Conversation) -> list[str]:
        return sorted(theme.code for theme in conversation.themes.all())

    @staticmethod
    def resolve_phase(conversation: Conversation) -> str:
        return queries.phase_of(conversation)

    @staticmethod
    def resolve_page(conversation: Conversation) -> str:
        return reverse("conversations:conversation", args=[conversation.slug])

    @staticmethod
    def resolve_files(conversation: Conversation) -> dict[str, str]:
        names = Export(conversation).names()
        return {name: reverse("conversations:file", args=[conversation.slug, name]) for name in names}

    @staticmethod
    def resolve_licence(conversation: Conversation) -> str:
        return licence_of(conversation)

    @staticmethod
    def resolve_attribution(conversation: Conversation) -> str:
        return attribution_of(conversation)

    @staticmethod
    def resolve_citation(conversation: Conversation) -> str:
        return cited(conversation)["citation"]


class StatementOut(Schema):
    number: int
    text: Words
    status: Literal["accepted", "waiting"]
    is_meta: bool = Field(description="About the person, not about the matter: left out of the picture")
    is_seed: bool = Field(description="Written by the facilitators")
    merged_into: int | None = Field(description="The statement that says the same; votes on this one count for it")

    @staticmethod
    def resolve_text(statement: Statement) -> Words:
        return words(statement.text)

    @staticmethod
    def resolve_status(statement: Statement) -> str:
        return "accepted" if statement.status == Statement.Status.ACCEPTED else "waiting"

    @staticmethod
    def resolve_merged_into(statement: Statement) -> int | None:
        return statement.merged_into.number if statement.merged_into else None


class Statements(Page[StatementOut], Cited):
    pass


class GroupOut(Schema):
    label: int
    people: int
    percent: int


class FindingOut(Schema):
    statement: int
    group: int | None = Field(description="The group it is about, where it is about one")
    side: Side
    n: int = Field(description="Votes it stands on")
    size: float
    low: float = Field(description="Lower end of the interval")
    high: float = Field(description="Upper end of the interval")


class CountsOut(Schema):
    number: int = Field(description="The statement")
    all: list[int] = Field(description="Agrees, disagrees, all votes; passes are the rest")
    groups: list[list[int]] = Field(description="The same for each group")


class PictureOut(Cited):
    """The living picture, or one that was frozen in an edition. Nobody's own position or votes are in it."""

    version: int
    drawn_at: dt.datetime
    engine: str
    clear: bool = Field(description="Whether there are clear groups at all")
    people: int
    votes: int
    groups: list[GroupOut]
    unites: list[FindingOut]
    divides: list[FindingOut]
    stands_for: list[list[FindingOut]] = Field(description="What each group stands for, group by group")
    everyone: list[int] = Field(description="A few statements that represent everybody")
    statements: list[CountsOut]


class CoverageRow(Schema):
    value: str
    count: int | None = Field(description="Rounded; null where it is too small to be told")
    expected: float | None = Field(description="Share among the invited or in the population")


class CoverageOut(Schema):
    question: Literal["country", "generation", "gender", "settlement"]
    basis: str
    total: int | None
    rows: list[CoverageRow]


class Coverage(Cited):
    questions: list[CoverageOut]


class EditionOut(Schema):
    number: int
    published_at: dt.datetime
    engine: str
    input_digest: str = Field(description="SHA-256 of votes.csv at that moment")
    citation: str

    @staticmethod
    def resolve_citation(edition: Edition) -> str:
        return cited(edition.conversation, edition)["citation"]


class VoteIn(Schema):
    statement: int = Field(ge=0, le=2**31 - 1, description="Number of the statement")
    value: Literal[-1, 0, 1] = Field(description="1 agree, 0 pass, -1 disagree")
    matters: bool = Field(False, description="This matters to me")


class VoteOut(Schema):
    statement: int
    value: Literal[-1, 0, 1]
    matters: bool


class Asked(Schema):
    place: str = Field("", max_length=20, description="Code of a place")
    theme: str = Field("", max_length=30, description="Code of a theme")


def cited(conversation: Conversation, edition: Edition | None = None) -> dict[str, str]:
    address = reverse("conversations:conversation", args=[conversation.slug])
    named = Citation(
        str(conversation.question),
        (edition.published_at if edition else conversation.created).date(),
        url=reverse("conversations:edition", args=[conversation.slug, edition.number]) if edition else address,
        author=attribution_of(conversation) or "Kurak",
        version=str(edition.number) if edition else "",
    )
    return {
        "licence": licence_of(conversation), "attribution": attribution_of(conversation), "citation": named.text,
    }  # fmt: skip


def called(slug: str) -> Conversation:
    """A conversation that anybody may find."""
    found = queries.listed().prefetch_related("themes").filter(slug=slug).first()
    if found is None:
        raise Missing("conversation.missing", _("There is no public conversation of that name."), asked=slug)
    return found


@router.get("", response=Page[ConversationOut], summary="Public conversations, newest first")
def conversations(request: HttpRequest, which: Paged, asked: Annotated[Asked, Query()]) -> dict[str, object]:
    rows = queries.listed().prefetch_related("themes")
    if asked.place:
        rows = rows.filter(place__code=asked.place)
    if asked.theme:
        rows = rows.filter(themes__code=asked.theme)
    return page(rows, which)


@router.get("/{slug}", response=ConversationOut, summary="One conversation")
def conversation(request: HttpRequest, slug: str) -> Conversation:
    return called(slug)


@router.get("/{slug}/statements", response=Statements, summary="Statements that are put to the vote")
def statements(request: HttpRequest, slug: str, which: Paged) -> dict[str, object]:
    found = called(slug)
    rows = queries.shown_statements(found).select_related("merged_into").order_by("number")
    return page(rows, which) | cited(found)


@router.get("/{slug}/picture", response=PictureOut, summary="Groups, what unites, what divides, counts")
def picture(request: HttpRequest, slug: str) -> dict[str, Any]:
    found = called(slug)
    row = Picture.objects.filter(conversation=found).defer("state").first()
    if row is None or not row.shown:
        raise Missing("picture.missing", _("There is no picture yet: it appears when ten people have voted."))
    return pictured(row.shown, version=row.version, drawn_at=row.drawn_at) | cited(found)


def pictured(shown: dict[str, Any], **drawn: Any) -> dict[str, Any]:
    """The picture without the patches, which say where single people stand."""
    names = ("engine", "clear", "people", "votes", "groups", "unites", "divides", "stands_for", "everyone")
    return {name: shown[name] for name in names} | {"statements": shown["rows"]} | drawn


@router.get("/{slug}/coverage", response=Coverage, summary="Who took part and who is missing; small counts are hidden")
def coverage(request: HttpRequest, slug: str) -> dict[str, Any]:
    found = called(slug)
    shown = Picture.objects.filter(conversation=found).values_list("shown", flat=True).first() or {}
    return {"questions": shown.get("coverage", [])} | cited(found)


@router.get("/{slug}/editions", response=list[EditionOut], summary="Pictures that were frozen to be cited")
def editions(request: HttpRequest, slug: str) -> list[Edition]:
    return list(called(slug).editions.select_related("conversation"))


@router.get("/{slug}/editions/{number}", response=PictureOut, summary="The picture of one edition")
def edition(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    found = called(slug)
    frozen = found.editions.filter(number=min(number, 2**31 - 1)).first()
    if frozen is None:
        raise Missing("edition.missing", _("There is no such edition."), asked=number)
    return pictured(frozen.shown, version=frozen.number, drawn_at=frozen.published_at) | cited(found, frozen)


@router.post("/{slug}/votes", response=VoteOut, summary="Vote, as the participant who holds the key")
def vote(
    request: HttpRequest,
    slug: str,
    sent: VoteIn,
    key: Annotated[
        str, Header(alias=keys.HEADER, description="26 letters a-z or digits 2-7: make your own at random and keep it")
    ],
) -> dict[str, object]:
    """The same act as on the page: sending it twice is sending it once, another value replaces the former one.
    No cookie is read here."""
    found = called(slug)
    if not keys.KEY.fullmatch(key):
        raise Refused("key.unreadable", _("A key has 26 letters a-z or digits 2-7."))
    participant = actions.admit(conversation=found, key=key)
    statement = found.statements.filter(number=sent.statement).first()
    if statement is None:
        raise Missing("statement.unknown", _("There is no such statement in this conversation."), asked=sent.statement)
    cast = actions.cast_vote(statement=statement, vote=sent.value, by=participant, matters=sent.matters)
    return {"statement": statement.number, "value": cast.value, "matters": cast.matters}
