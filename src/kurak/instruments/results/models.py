"""What an edition gave for its units: the data it was computed from, the run, and one row for each score."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.ground.measures.models import Source
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.instruments.assessments.models import Assessment
from kurak.instruments.catalogue.models import Edition


class DataSet(models.Model):
    """A table that was brought in: published components of an index, or data of our own. Never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="data_sets")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)  # of the file
    layout = models.CharField(max_length=80, blank=True)  # of the edition's; empty: columns named as its criteria
    columns = models.JSONField()  # {column: [cells, in the order of units]}, as they were read
    units = models.JSONField()  # ["KGZ", ...]
    periods = models.JSONField(null=True)  # ["2020", ...] beside the units, or none
    sha256 = models.CharField(max_length=64)  # SHA-256 of the file
    redistributable = models.BooleanField(default=False)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-brought_at"]
        constraints = [models.UniqueConstraint(fields=["edition", "sha256"], name="data_set_once")]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One computation. The same edition, input, draws and seed give the same scores to the last bit."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="runs")
    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, null=True, blank=True, related_name="runs")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="runs")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    engine = models.CharField(max_length=40)
    declaration = models.CharField(max_length=64)  # checksum of what was computed
    made_from = models.CharField(max_length=64)  # checksum of the input
    draws = models.PositiveIntegerField(default=0)
    seed = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=12)
    shown = models.JSONField(default=dict)  # sensitivity, classes, messages: what pages show beside the scores
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(data_set__isnull=False) | Q(assessment__isnull=False), name="run_has_its_input"
            )
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"


class Score(models.Model):
    """One node of one unit in one period. Without a score, `reason` says why."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="scores")
    node = models.CharField(max_length=60)
    unit = models.CharField(max_length=200)  # as the data name it
    period = models.CharField(max_length=20, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="scores")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="scores"
    )
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    rank = models.FloatField(null=True, blank=True)
    rank_low = models.FloatField(null=True, blank=True)
    rank_high = models.FloatField(null=True, blank=True)
    ranked = models.PositiveIntegerField(null=True, blank=True)  # among how many
    rank_share = models.FloatField(null=True, blank=True)  # of the draws that give this rank
    class_code = models.CharField(max_length=40, blank=True)
    class_share = models.FloatField(null=True, blank=True)  # of the draws that give this class
    coverage = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["run", "node", "unit", "period"]
        constraints = [
            models.UniqueConstraint(fields=["run", "node", "unit", "period"], name="score_once"),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")), name="score_interval_runs_up"
            ),
        ]
        indexes = [models.Index(fields=["place", "node"], name="score_of_a_place")]

    def __str__(self) -> str:
        return f"score {self.pk}"


class Trend(models.Model):
    """How a node or an indicator of one unit moved from its first period to its last, by one run and so one method."""

    class Arrow(models.TextChoices):
        UP = "up", _("on track")
        MODERATE = "moderate", _("moderately improving")
        STAGNATING = "stagnating", _("stagnating")
        DOWN = "down", _("moving away")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="trends")
    node = models.CharField(max_length=60)
    unit = models.CharField(max_length=200)  # as the data name it
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField()
    first = models.FloatField()
    last = models.FloatField()
    yearly = models.FloatField()  # (last - first) / (until - since)
    goal = models.FloatField(null=True, blank=True)  # with the year and the arrow, where the edition declares one
    by_year = models.PositiveIntegerField(null=True, blank=True)
    needed = models.FloatField(null=True, blank=True)  # change a year that leads from the first value to the goal
    arrow = models.CharField(max_length=10, choices=Arrow, blank=True)

    class Meta:
        ordering = ["run", "node", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["run", "node", "unit"], name="trend_once"),
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="trend_runs_on"),
        ]

    def __str__(self) -> str:
        return f"trend {self.pk}"


class Study(models.Model):
    """What drives the order of a run, whether its parts go together, what each is worth. Asked for, computed by the
    worker, kept: the same run, n and seed give the same study."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked for")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="studies")
    n = models.PositiveIntegerField()  # rows of the two halves of the design, a power of two
    seed = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    found = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name_plural = "studies"
        constraints = [models.UniqueConstraint(fields=["run", "n", "seed"], name="study_once")]

    def __str__(self) -> str:
        return f"study {self.pk}"
