"""Indicators: what is followed, towards which target, and whose numbers these are.

The observations themselves are measures of the ground: an indicator is a quantity with what a promise needs to be
judged by it. `Series` holds what was computed of them, so that no page computes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas.models import Commitment, Provision
from kurak.ground.languages.text import TextField
from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.ground.themes.models import Theme


class Voice(models.TextChoices):
    """Who says it."""

    OFFICIAL = "official", _("Official statistics")
    GLOBAL = "global", _("Global databases")
    CIVIL = "civil", _("Civil society")


class Indicator(models.Model):
    """What is followed over time. Its unit, and which way is better, stand with its quantity."""

    code = models.SlugField(max_length=60, unique=True)
    quantity = models.OneToOneField(Quantity, on_delete=models.PROTECT, related_name="indicator")
    title = TextField()
    text = TextField(null=True, blank=True)  # what exactly it counts, and how
    kind = models.CharField(max_length=8, choices=Voice, default=Voice.OFFICIAL)  # who defined it
    codes = models.JSONField(default=list)  # of the global framework: ["1.2.1"]
    goal = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="indicators")
    source = models.CharField(max_length=300, blank=True)  # of the definition
    url = models.URLField(max_length=500, blank=True)
    least = models.FloatField(null=True, blank=True)  # its natural limits: 0 and 100 for a share in per cent
    most = models.FloatField(null=True, blank=True)
    parity = models.BooleanField(default=False)  # best is not most or least but equal: a ratio of women to men
    fixed = models.JSONField(default=dict)  # {"AGE": "Y0T4"}: narrows every value, so that it makes no part
    headline = models.SlugField(max_length=20, blank=True)  # the method its colour is told by; empty: chosen by length
    direction_by = models.CharField(max_length=200, blank=True)  # who says which way is better
    provisions = models.ManyToManyField(Provision, blank=True, related_name="indicators")
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="indicators")
    folded = models.TextField(blank=True)  # what search reads

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lt=F("most")), name="indicator_limits_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Provider(models.Model):
    """Whose word a source is."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="provider")
    kind = models.CharField(max_length=8, choices=Voice)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="providers")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="provided"
    )

    class Meta:
        ordering = ["kind", "source"]

    def __str__(self) -> str:
        return f"{self.source.code} {self.kind}"


class Target(models.Model):
    """Where an indicator should be at a place in a year."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("given by the agenda")
        ANALYSTS = "analysts", _("set by analysts")
        REGIONAL = "regional", _("regional")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="targets")  # the world: for everybody
    slice = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline = models.FloatField(null=True, blank=True)
    path = models.JSONField(default=dict)  # on the way: {"2025": 30.5}
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.GIVEN)
    source = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    verified = models.BooleanField(default=True)

    class Meta:
        ordering = ["indicator", "place", "slice", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "place", "slice", "year", "kind"], name="target_once"),
            models.CheckConstraint(
                condition=Q(baseline_year=None) | Q(baseline_year__lt=F("year")), name="target_after_baseline"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.place} {self.year}"


class Batch(models.Model):
    """One file that was brought in, and what came of it."""

    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    form = models.CharField(max_length=30)  # sdmx-ml-2.0-generic, sdmx-csv, csv, xlsx, ...
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="batches")
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    superseding = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)  # said twice in the file, in the same words
    refused = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # [[line, code, value, sentence], ...], the first thousand
    notes = models.JSONField(default=list)  # what was kept in another way than it was written
    brought_at = models.DateTimeField(default=timezone.now)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-brought_at", "-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Series(models.Model):
    """What was computed of one line: an indicator at a place, for everybody or a part of them, after one source."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="series")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="series")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="series")
    slice = models.CharField(max_length=200, blank=True)
    n = models.PositiveIntegerField()
    since = models.PositiveSmallIntegerField()
    until = models.PositiveSmallIntegerField()
    first = models.FloatField()
    last = models.FloatField()
    target = models.ForeignKey(Target, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    method = models.SlugField(max_length=20, blank=True)  # the headline's
    status = models.SlugField(max_length=30, blank=True)  # by the headline's method
    verdicts = models.JSONField(default=dict)  # {method: what the engine said, with its inputs}
    outlook = models.JSONField(default=dict)  # the projection to the target's year
    disagree = models.BooleanField(default=False)  # methods contradict each other
    engine = models.CharField(max_length=40, blank=True)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["indicator", "place", "slice", "source"]
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "place", "source", "slice"], name="series_of_indicator_once")
        ]
        indexes = [models.Index(fields=["place", "slice", "indicator"], name="series_of_a_place")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.place} {self.slice}"


class Observation(models.Model):
    """A value that an organisation of civil society offers. Approved, it becomes a measure; until then it counts
    nowhere."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PENDING = "pending", _("Waiting for approval")
        RETURNED = "returned", _("Returned with a remark")
        APPROVED = "approved", _("Approved")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="observations")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="observations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="observations")
    year = models.PositiveSmallIntegerField()
    slice = models.CharField(max_length=200, blank=True)
    value = models.FloatField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    how = models.CharField(max_length=500)  # how it was found
    evidence = models.URLField(max_length=500, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    remark = models.CharField(max_length=500, blank=True)
    measure = models.ForeignKey(Measure, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(low=None) | Q(low__lte=F("value"))) & (Q(high=None) | Q(high__gte=F("value"))),
                name="observation_between_low_and_high",
            )
        ]

    def __str__(self) -> str:
        return f"observation {self.pk}"
