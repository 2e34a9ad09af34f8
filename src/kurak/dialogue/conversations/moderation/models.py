"""What moderators decided. The statement holds its present state; here is how it came about."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.dialogue.conversations.models import Conversation, Participant, Statement


class Decision(models.Model):
    """One decision on a statement or on a pseudonym. Published by the day and without the moderator's name."""

    class Verb(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        UPHELD = "upheld", _("Appeal upheld: accepted after all")
        DISMISSED = "dismissed", _("Appeal dismissed: stays rejected")
        MERGED = "merged", _("Merged with a statement that says the same")
        UNMERGED = "unmerged", _("Merge undone")
        APART = "apart", _("Alike, but not the same: both stay")
        EXCLUDED = "excluded", _("Votes left out of the picture")
        RESTORED = "restored", _("Votes counted again")
        CLEARED = "cleared", _("Voting pattern looked at: nothing wrong")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="decisions")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, null=True, related_name="decisions")
    other = models.ForeignKey(Statement, on_delete=models.SET_NULL, null=True, related_name="+")  # merged into
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="decisions")
    verb = models.CharField(max_length=10, choices=Verb)
    reason = models.CharField(max_length=10, choices=Statement.Reason, blank=True, default="")
    note = models.TextField(blank=True)  # to the author, or the grounds of an exclusion; not in the published log
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["conversation", "id"], name="decision_log")]

    def __str__(self) -> str:
        return f"{self.verb} {self.statement or self.participant}"


class Comparison(models.Model):
    """The last look at voting patterns: what the picture says with everybody, and without those who are flagged."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="comparison")
    at = models.DateTimeField(default=timezone.now)
    shown = models.JSONField(default=dict)
