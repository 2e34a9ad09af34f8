"""Conversations to walk through: written in the platform's own database."""

from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
from kurak.ground.languages.text import Text
from kurak.ground.places.models import Place

THOUGHTS = [
    ("Every school needs clean drinking water and warm toilets.", "Каждой школе нужны чистая вода и тёплые туалеты."),
    (
        "Coal stoves should be banned in towns by 2030.",
        "Уголь в печах городов надо запретить к 2030 году.",
    ),
    ("Tariffs for water must rise so that pipes can be mended.", "Тарифы на воду должны вырасти, чтобы чинить трубы."),
    ("The town budget should be published line by line.", "Бюджет города надо публиковать построчно."),
    ("Upstream countries should be paid for storing water.", "Верховьям рек надо платить за хранение воды."),
    ("Buses matter more than new roads.", "Автобусы важнее новых дорог."),
]


def open_conversation(slug: str, people: int = 0, **fields) -> dict:
    """Open to everybody, six statements; with people, two camps who disagree on the second and third."""
    conversation = Conversation.objects.create(
        slug=slug,
        question=Text(
            "en", "Water, air and warmth: what first?", {"ru": ("Вода, воздух, тепло: что сначала?", "human")}
        ),
        introduction=Text("en", "Say what matters where you live."),
        place=Place.objects.get(code="KG"),
        phase=Conversation.Phase.OPEN,
        asks=["country", "generation"],
        **fields,
    )
    statements = [
        Statement.objects.create(
            conversation=conversation,
            number=number,
            text=Text("en", en, {"ru": (ru, "machine")}),
            status=1,
            is_seed=True,
        )
        for number, (en, ru) in enumerate(THOUGHTS)
    ]
    if people:
        populate(conversation, statements, people)
    return {"slug": slug}


def populate(conversation: Conversation, statements: list[Statement], people: int) -> None:
    from kurak.dialogue.conversations.analysis import redraw

    for number in range(people):
        camp = 1 if number % 2 else -1
        person = Participant.objects.create(conversation=conversation, number=number + 1)
        for statement in statements:
            split = statement.number in (1, 2, 4)
            value = (camp if number % 10 else -camp) if split else (1 if (number + statement.number) % 7 else 0)
            Vote.objects.create(conversation=conversation, participant=person, statement=statement, value=value)
    redraw(conversation)


def votes(slug: str) -> list:
    """What the database holds of the people who came through the browser."""
    rows = Vote.objects.filter(conversation__slug=slug, latest=True).exclude(participant__digest="")
    return list(rows.order_by("statement__number").values_list("statement__number", "value", "matters"))
