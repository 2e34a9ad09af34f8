"""How the trail shows editions and statements."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.dialogue.conversations import queries, rules
from kurak.dialogue.conversations.models import Conversation, Edition, Statement
from kurak.ground.trail.kinds import Kind, by_pk, register


def register_kinds() -> None:
    register(
        Kind("edition", _l("Edition of a conversation"), Edition, by_pk(Edition, "conversation"), title_of_edition,
             url_of_edition, lambda edition, person: is_public(edition.conversation, person))
    )  # fmt: skip
    register(
        Kind("statement", _l("Statement"), Statement, by_pk(Statement, "conversation"), title_of_statement,
             url_of_statement, may_see_statement)
    )  # fmt: skip


def is_public(conversation: Conversation, person) -> bool:
    return conversation.is_listed or rules.may_moderate(person, conversation)


def may_see_statement(statement: Statement, person) -> bool:
    shown = statement.status in queries.readable_statuses(statement.conversation)
    return is_public(statement.conversation, person) and (shown or rules.may_moderate(person, statement.conversation))


def title_of_edition(edition: Edition) -> str:
    question = edition.conversation.question.into(get_language() or "en")
    return _("%(question)s, edition %(number)d") % {"question": question, "number": edition.number}


def url_of_edition(edition: Edition) -> str:
    return reverse("conversations:edition", args=[edition.conversation.slug, edition.number])


def title_of_statement(statement: Statement) -> str:
    return str(statement.text.into(get_language() or "en"))


def url_of_statement(statement: Statement) -> str:
    return reverse("conversations:table", args=[statement.conversation.slug])
