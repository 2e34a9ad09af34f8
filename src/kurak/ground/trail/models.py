"""This stands on that: what every claim leads down to."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Footing(models.Model):
    """A claim (kind, key) stands on a ground (kind, key). Kinds are words that rooms register (trail/kinds.py)."""

    class Relation(models.TextChoices):
        COMPUTED_FROM = "computed_from", _("computed from")
        TAKEN_FROM = "taken_from", _("taken from")
        EDITED_FROM = "edited_from", _("edited from")
        QUOTES = "quotes", _("quotes")
        ANSWERS = "answers", _("answers")

    claim_kind = models.CharField(max_length=40)
    claim_key = models.CharField(max_length=80)
    ground_kind = models.CharField(max_length=40)
    ground_key = models.CharField(max_length=80)
    relation = models.CharField(max_length=14, choices=Relation)
    note = models.CharField(max_length=300, blank=True)
    laid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    laid_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim_kind", "claim_key", "relation", "ground_kind", "ground_key"], name="footing_once"
            )
        ]
        indexes = [models.Index(fields=["ground_kind", "ground_key"], name="footing_ground")]

    def __str__(self) -> str:
        return f"{self.claim_kind}:{self.claim_key} {self.relation} {self.ground_kind}:{self.ground_key}"
