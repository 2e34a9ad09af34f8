"""A measure: a value, for a place, in a period, from a source, with its uncertainty and how it can be made again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.text import TextField
from kurak.ground.places.models import Place


class Source(models.Model):
    """Where values come from. A source that changed is a new source."""

    code = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=60, blank=True)  # SPDX where there is one
    citation = models.TextField(blank=True)
    retrieved = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class Quantity(models.Model):
    """What is measured. Declared in data files, never in code."""

    class Direction(models.TextChoices):
        UP = "up", _("More is better")
        DOWN = "down", _("Less is better")
        NEITHER = "neither", _("Neither more nor less is better")

    class Kind(models.TextChoices):
        COUNT = "count", _("Count")
        SHARE = "share", _("Share")  # 0..1; pages show per cent
        AMOUNT = "amount", _("Amount")  # in its unit
        SCORE = "score", _("Score")

    code = models.SlugField(max_length=60, unique=True)
    name = TextField()
    description = TextField(null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)  # person, 1, USD, ...
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.AMOUNT)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.NEITHER)
    dimensions = models.JSONField(default=dict)  # {"age": ["0-14", "15-59", "60+"], ...}: what a value may be split by

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "quantities"

    def __str__(self) -> str:
        return self.code


class Measure(models.Model):
    """One value. Never changed: a new statement takes the place of the old one, which stays readable."""

    class Label(models.TextChoices):
        EXACT = "exact", _("Exact")
        APPROXIMATE = "approximate", _("Approximate")
        PROXY = "proxy", _("Stands in for what was meant")

    class Quality(models.TextChoices):
        ORIGINAL = "original", _("From the source itself")
        COPY = "copy", _("From a copy of the source")
        UNVERIFIED = "unverified", _("Not verified: left out of comparisons")

    quantity = models.ForeignKey(Quantity, on_delete=models.PROTECT, related_name="measures")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="measures")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="measures")
    start = models.DateField()  # the period, both days included
    end = models.DateField()
    dimensions = models.JSONField(default=dict)  # {"age": "0-14"}; empty: everybody
    slice = models.CharField(max_length=200, blank=True)  # the dimensions as one word, to compare rows by

    value = models.FloatField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    label = models.CharField(max_length=12, choices=Label, default=Label.EXACT)
    quality = models.CharField(max_length=10, choices=Quality, default=Quality.ORIGINAL)
    n = models.PositiveIntegerField(null=True, blank=True)  # how many observations it stands on, if that may be shown
    method = models.CharField(max_length=300, blank=True)  # the command or formula that makes it again
    version = models.CharField(max_length=40, blank=True)  # of the method
    made_from = models.CharField(max_length=64, blank=True)  # SHA-256 of the input

    stated_at = models.DateTimeField(default=timezone.now)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["quantity", "place", "end", "slice"]
        constraints = [
            models.UniqueConstraint(
                fields=["quantity", "place", "source", "start", "end", "slice"],
                condition=Q(withdrawn_at=None),
                name="measure_stands_once",
            ),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="measure_period_runs_forward"),
            models.CheckConstraint(
                condition=(Q(low=None) | Q(low__lte=F("value"))) & (Q(high=None) | Q(high__gte=F("value"))),
                name="measure_between_low_and_high",
            ),
        ]
        indexes = [models.Index(fields=["place", "quantity", "-end"], name="measure_of_a_place")]

    def __str__(self) -> str:
        return f"measure {self.pk}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None
