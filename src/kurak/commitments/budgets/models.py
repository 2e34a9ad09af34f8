"""Budgets: what was planned and spent, line by line; and what residents answer about a line.

Money and answers stand side by side and are never merged."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas.models import Agenda, Commitment
from kurak.ground.languages.text import TextField
from kurak.ground.places.models import Place

AMOUNT: dict[str, Any] = {"max_digits": 20, "decimal_places": 2}


class Budget(models.Model):
    """Of one place and year."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)  # ISO 4217
    source = models.CharField(max_length=300)  # the document, as its publisher calls it
    url = models.URLField(max_length=500, blank=True)
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, null=True, blank=True, related_name="budgets")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    month = models.PositiveSmallIntegerField(default=0)  # spent until its end, 12: the whole year, 0: not known
    invented = models.BooleanField(default=False)  # of the sample: pages say so
    sha256 = models.CharField(max_length=64, blank=True)  # of the file it was read from
    file = models.CharField(max_length=200, blank=True)
    brought_at = models.DateTimeField(default=timezone.now)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["place", "year"], name="budget_of_a_place_and_year"),
            models.CheckConstraint(condition=Q(month__lte=12), name="budget_month_of_a_year"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="budget_published_when"
            ),
        ]

    def __str__(self) -> str:
        return f"budget {self.place_id} {self.year}"


class BudgetLine(models.Model):
    class Side(models.TextChoices):
        EXPENDITURE = "expenditure", _("Expenditure")
        REVENUE = "revenue", _("Revenue")

    class Special(models.TextChoices):
        CONTINGENCY = "contingency", _("Contingency")
        INTEREST = "interest", _("Interest")

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField(max_length=40)
    position = models.PositiveIntegerField()  # as in the file
    title = TextField()
    side = models.CharField(max_length=11, choices=Side, default=Side.EXPENDITURE)
    functional = models.CharField(max_length=5, blank=True)  # COFOG: 09 or 09.1
    economic = models.CharField(max_length=20, blank=True)  # as its government writes it
    office = models.CharField(max_length=160, blank=True)  # the administrative classification: who spends
    special = models.CharField(max_length=11, choices=Special, blank=True)
    approved = models.DecimalField(**AMOUNT)
    adjusted = models.DecimalField(**AMOUNT, null=True, blank=True)  # empty: never changed
    executed = models.DecimalField(**AMOUNT, null=True, blank=True)  # until the budget's month; empty: not known
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="budget_lines")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # of a project

    class Meta:
        ordering = ["budget", "position"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "code"], name="budget_line_code"),
            models.CheckConstraint(condition=Q(approved__gte=0), name="budget_line_plan_is_not_below_zero"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def plan(self):
        """As it stands now."""
        return self.approved if self.adjusted is None else self.adjusted


class Spending(models.Model):
    """What was spent of a line from the first of January until the end of a month."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="spending")
    month = models.PositiveSmallIntegerField()
    amount = models.DecimalField(**AMOUNT)

    class Meta:
        ordering = ["line", "month"]
        constraints = [
            models.UniqueConstraint(fields=["line", "month"], name="budget_spending_once_a_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="budget_spending_month"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.month}"


class ColumnMapping(models.Model):
    """Which column is what in the files of a place with this header."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)  # SHA-256 of the header
    columns = models.JSONField(default=dict)  # {our field: number of the column}
    reading = models.JSONField(default=dict)  # {"unit": 1000, "months": "each", "month": 12, "language": "ru"}
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "signature"], name="budget_columns_remembered_once")]

    def __str__(self) -> str:
        return f"columns {self.pk}"


class BudgetFile(models.Model):
    """A file that was sent and waits for somebody to say what its columns are."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    about = models.JSONField(default=dict)  # currency, source, url
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.name


class ResidentAnswer(models.Model):
    """Is it done? Is it good? One answer a person, without words: counted, never shown one by one."""

    class Done(models.TextChoices):
        YES = "yes", _("Yes, it is done")
        PARTLY = "partly", _("In part")
        NO = "no", _("No, it is not")

    class Good(models.TextChoices):
        YES = "yes", _("Yes, it is good")
        NO = "no", _("No, it is not")

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )  # empty: forgotten, long after the year
    done = models.CharField(max_length=6, choices=Done)
    good = models.CharField(max_length=6, choices=Good, blank=True)  # empty: cannot say
    on = models.DateField(default=timezone.localdate)  # no hour: who was where when is not ours to know

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "person"], name="budget_answer_once")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AnswerPhoto(models.Model):
    """What a resident saw. Where it was taken is not kept: it belongs to the place of the line, no finer."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SHOWN = "shown", _("Shown")

    answer = models.OneToOneField(ResidentAnswer, on_delete=models.CASCADE, related_name="photo")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"photo {self.pk}"
