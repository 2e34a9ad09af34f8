"""What staff did, as an append-only chain; limits; and the last published state of guarded counts. Nothing about
anybody's device or network is stored anywhere."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden


class AppendOnly(models.QuerySet):
    """Rows can be added and read; changing or deleting them is refused."""

    def update(self, **fields):
        raise _unchangeable()

    def delete(self):
        raise _unchangeable()


def _unchangeable() -> Forbidden:
    return Forbidden("act.unchangeable", _("Acts of staff can be added and read, never changed or deleted."))


class Act(models.Model):
    """One act of a member of staff. `seal` chains it to the act before, so that none can be taken out unseen.

    An account may be erased, so the actor can become empty; `mark` stays: it tells the acts of one person from those
    of another, and names nobody without the secret key."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    mark = models.CharField(max_length=32, blank=True)
    verb = models.CharField(max_length=60)  # a stable code: conversation.opened, statement.rejected, ...
    subject = models.CharField(max_length=120)  # what it was done to: conversation:12
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    seal = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject"], name="act_subject")]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise _unchangeable()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise _unchangeable()


class Chain(models.Model):
    """The end of the chain of acts. Who appends locks this row, so two acts at once cannot fork the chain;
    and acts cut off at the end are missed."""

    name = models.CharField(max_length=20, unique=True)
    seal = models.CharField(max_length=64, blank=True)
    length = models.PositiveBigIntegerField(default=0)


class Allowance(models.Model):
    """How often something was done within a span of time. The key is a digest; the row goes when the span is over."""

    key = models.CharField(max_length=64, unique=True)
    used = models.PositiveIntegerField(default=1)
    ends = models.BigIntegerField(db_index=True)  # seconds since 1970: compared inside one SQL statement


class Release(models.Model):
    """What was last published in answer to one question about people. Asked again, the same is answered, until enough
    people have come or gone that the difference tells nothing about one of them."""

    question = models.CharField(max_length=200, unique=True)
    people = models.PositiveIntegerField()  # how many it was counted from
    counts = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
