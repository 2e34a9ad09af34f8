"""What is said of a conversation as a whole: conversation.json, and the words that stand beside the files."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kurak.dialogue.conversations.exchange import layout
from kurak.dialogue.conversations.models import Conversation

LICENCE = "CC-BY-4.0"  # of what people said here; an import brings its own
UNKNOWN = "unknown"


def licence_of(conversation: Conversation) -> str:
    """The licence's SPDX name, or "unknown" for an import that did not say."""
    origin = conversation.origin
    return str(origin.get("licence") or (UNKNOWN if "files" in origin else LICENCE))


def attribution_of(conversation: Conversation) -> str:
    """Whom to name."""
    origin = conversation.origin
    return str(origin.get("attribution") or ("" if "files" in origin else "Participants of the conversation on Kurak"))


def about_of(conversation: Conversation) -> dict[str, Any]:
    """conversation.json. Phases and links are left out: they belong to a platform, not to what people said."""
    texts = {name: getattr(conversation, name) for name in ("question", "introduction", "policy")}
    return {
        "slug": conversation.slug,
        **{name: text.as_json() for name, text in texts.items() if text is not None},
        "place": conversation.place.code,
        "themes": sorted(conversation.themes.values_list("code", flat=True)),
        "moderation": conversation.moderation,
        "may_write": conversation.may_write,
        "publishes_votes": conversation.publishes_votes,
        "longest": conversation.longest,
        "asks": conversation.asks,
        "licence": licence_of(conversation),
        "attribution": attribution_of(conversation),
        **({"source": conversation.origin["source"]} if conversation.origin.get("source") else {}),
    }


SAYS = {
    layout.VOTES: _("one row a vote event; a changed vote is a new row, the last one counts"),
    layout.COMMENTS: _("statements; agrees and disagrees count events; moderated: 1 accepted, 0 not yet, -1 rejected"),
    layout.MATRIX: _("one row a participant: the latest vote on every statement"),
    layout.SUMMARY: _("totals"),
    layout.PARTICIPANTS: _(
        "who was left out of the picture by a moderator (excluded = 1); their votes are in the files"
    ),
    layout.STATEMENTS: _("languages and marked translations of the statements, and what moderators decided"),
    layout.CONVERSATION: _("the question in its languages, place, themes, rules, licence"),
    layout.READ_ME: _("this text"),
    layout.STATISTICS: _("agrees, disagrees and votes of every statement, of all and of each group"),
    layout.GROUPS: _("how many people each group has"),
    layout.FINDINGS: _("what unites, what divides, what each group stands for, with intervals"),
    layout.DESCRIPTOR: _("columns, types, keys, licence and hashes of the tables, for programs"),
}


def read_me(conversation: Conversation, names: list[str]) -> str:
    """The text beside the files. English, for whoever opens the folder anywhere."""
    with translation.override("en"):
        files = [f"  {name:<24}{SAYS[name]}" for name in names]
    lines = [
        str(conversation.question),
        "",
        "Sign: +1 = agree, -1 = disagree, 0 = pass, empty = not seen. In every file.",
        "Times: milliseconds since 1970, UTC. Votes that were cast on this platform say only the day.",
        "Numbers of participants are pseudonyms of this conversation and lead nowhere else.",
        "A text that a spreadsheet would run as a formula has an apostrophe before it.",
        "",
        "Files:",
        *files,
        "",
        f"Licence: {licence_of(conversation)}",
        *([f"Attribution: {said}"] if (said := attribution_of(conversation)) else []),
        *([f"Source: {conversation.origin['source']}"] if conversation.origin.get("source") else []),
        "",
    ]
    return "\n".join(lines)
