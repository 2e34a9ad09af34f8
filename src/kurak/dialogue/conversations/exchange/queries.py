"""What can be asked of a conversation's files without writing them."""

from __future__ import annotations

import hashlib
import json

from django.db.models import Count, Max

from kurak.dialogue.conversations.exchange.about import about_of
from kurak.dialogue.conversations.models import Conversation, Picture


def version_of(conversation: Conversation) -> str:
    """Changes whenever any file of the conversation does: a digest of what the files are made from."""
    votes = conversation.votes.aggregate(last=Max("pk"), count=Count("pk"))
    statements = conversation.statements.order_by("pk").values_list(
        "pk", "text", "status", "reason", "merged_into", "is_meta", "is_seed", "author"
    )
    texts = [[pk, text.as_json(), *rest] for pk, text, *rest in statements]
    excluded = list(conversation.participants.exclude(weight=1).order_by("pk").values_list("pk", "weight"))
    people = conversation.participants.count()
    picture = Picture.objects.filter(conversation=conversation).values_list("version", flat=True).first()
    known = [about_of(conversation), votes, texts, excluded, people, picture, conversation.origin.get("digest")]
    return hashlib.sha256(json.dumps(known, ensure_ascii=False).encode()).hexdigest()
