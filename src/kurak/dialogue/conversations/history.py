"""How staff's changes are saved: with the person's name in the history, and one revision further."""

from collections.abc import Iterable

from kurak.dialogue.conversations.models import Conversation, Statement


def save(thing: Conversation | Statement, *, by, fields: Iterable[str]) -> None:
    """Save these fields, and who changed them."""
    thing._history_user = by  # type: ignore[union-attr]  # where simple_history looks for it
    if isinstance(thing, Statement):
        thing.revision += 1
        fields = [*fields, "revision"]
    thing.save(update_fields=list(fields))
