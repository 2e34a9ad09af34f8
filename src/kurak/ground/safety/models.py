"""What staff did: an append-only chain. Nothing about participants' devices or networks is stored anywhere."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Act(models.Model):
    """One act of a member of staff. `seal` chains it to the act before, so that none can be taken out unseen."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=60)  # a stable code: conversation.opened, statement.rejected, ...
    subject = models.CharField(max_length=120)  # what it was done to: conversation:12
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject"], name="act_subject")]
