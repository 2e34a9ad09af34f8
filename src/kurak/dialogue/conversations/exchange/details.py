"""conversation.json and statements.json: what the openData layout has no place for. Checked before any write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kurak.dialogue.conversations.exchange.layout import ABOUT, CONVERSATION, STATEMENTS
from kurak.dialogue.conversations.exchange.problems import Problems
from kurak.dialogue.conversations.exchange.reading import Folder
from kurak.dialogue.conversations.models import Conversation, Statement
from kurak.ground.languages.text import Text

PLAIN = {"admission": Conversation.Admission.values, "moderation": Conversation.Moderation.values}


@dataclass(slots=True)
class StatementDetails:
    text: Text
    is_meta: bool = False
    is_seed: bool = False
    merged_into: int | None = None
    reason: str = ""


@dataclass(slots=True)
class Details:
    """What is known of the conversation and its statements beside numbers."""

    fields: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    themes: list[str] = field(default_factory=list)
    statements: dict[int, StatementDetails] = field(default_factory=dict)


def details_of(read: Folder, *, language: str, question: str) -> Details:
    """Checked details; BadFiles with every problem."""
    problems = Problems()
    details = Details(place=str(read.about.get("place", "")), themes=list(map(str, read.about.get("themes", []))))
    asked = question or read.summary.get("topic", "") or read.name
    details.fields = {
        "question": Text(language, asked),
        "introduction": Text(language, told) if (told := read.summary.get("conversation-description")) else None,
        **_fields(read.about, problems),
    }
    if question:
        details.fields["question"] = Text(language, question)
    for number, row in read.statements.items():
        told = read.texts.get(str(number), {})
        details.statements[number] = _statement(number, row.body, told, language, read, problems)
    problems.refuse()
    return details


def _fields(about: dict[str, Any], problems: Problems) -> dict[str, Any]:
    """Fields of the conversation, as conversation.json gives them."""
    fields: dict[str, Any] = {}
    for name in ("question", "introduction", "policy"):
        if about.get(name) is not None:
            fields[name] = _text(about[name], CONVERSATION, name, problems)
    for name, allowed in PLAIN.items():
        if name in about and about[name] not in allowed:
            remedy = _("Write one of: %(allowed)s.") % {"allowed": ", ".join(allowed)}
            problems.add(CONVERSATION, None, name, str(about[name]), remedy)
        elif name in about:
            fields[name] = about[name]
    for name, kind in (("may_write", bool), ("publishes_votes", bool), ("longest", int)):
        if name in about and type(about[name]) is not kind:
            problems.add(CONVERSATION, None, name, str(about[name]), _("Write true, false or a whole number."))
        elif name in about:
            fields[name] = about[name]
    if "asks" in about:
        fields["asks"] = [name for name in ABOUT if name in about["asks"]]
    return fields


def _statement(number: int, body: str, told: Any, language: str, read: Folder, problems: Problems) -> StatementDetails:
    if not isinstance(told, dict):
        problems.add(STATEMENTS, None, str(number), str(told), _("Describe a statement by a JSON object."))
        return StatementDetails(Text(language, body))
    text = _text({"language": language, **told, "body": body}, STATEMENTS, str(number), problems)
    into = told.get("merged_into")
    if into is not None and (into not in read.statements or into == number):
        problems.add(STATEMENTS, None, str(number), str(into), _("There is no such statement to merge into."))
    reason = told.get("reason", "")
    if reason not in Statement.Reason.values:
        allowed = ", ".join(filter(None, Statement.Reason.values))
        problems.add(STATEMENTS, None, str(number), str(reason), _("Write one of: %(allowed)s.") % {"allowed": allowed})
    return StatementDetails(
        text=text or Text(language, body),
        is_meta=told.get("is_meta") is True,
        is_seed=told.get("is_seed") is True,
        merged_into=into,
        reason=reason,
    )


def _text(stored: Any, file: str, name: str, problems: Problems) -> Text | None:
    try:
        text = Text.from_json(stored)
        bodies = [text.body, *(body for body, _made in text.translations.values())]
        if all(isinstance(body, str) and "\0" not in body for body in bodies) and _marked(text):
            return text
    except (KeyError, TypeError, AttributeError):
        pass
    remedy = _("A text has “language”, “body” and “translations”: {language: {“body”, “made”: human or machine}}.")
    problems.add(file, None, name, str(stored), remedy)
    return None


def _marked(text: Text) -> bool:
    """Every translation says how it was made."""
    return isinstance(text.language, str) and all(
        made in {"human", "machine"} for _b, made in text.translations.values()
    )
