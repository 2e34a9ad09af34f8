"""What the worker does for moderators."""

from django.tasks import task

from kurak.dialogue.conversations.models import Conversation
from kurak.dialogue.conversations.moderation import analysis


@task()
def look_for_patterns(conversation: int) -> int:
    """Look through the votes of a conversation; how many patterns are open. Doing it twice is doing it once."""
    return analysis.look_for_patterns(Conversation.objects.get(pk=conversation))
