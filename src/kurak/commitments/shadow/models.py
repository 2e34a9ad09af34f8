"""A shadow report: sections that organisations share out among themselves, sign-ons, and editions frozen for good."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kurak.commitments.agendas.models import Agenda, Provision
from kurak.ground.languages.text import TextField
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place


class ShadowReport(models.Model):
    """What is written, by whom, to whom, until when. Only its editions are public."""

    code = models.SlugField(max_length=60, unique=True)
    title = TextField()
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="shadow_reports")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="shadow_reports")
    start = models.DateField()  # the period, both days included
    end = models.DateField()
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shadow_reports")
    addressee = models.CharField(max_length=200, blank=True)  # the committee or body that it is sent to
    most_words = models.PositiveIntegerField(null=True, blank=True)  # what the body accepts
    due = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)  # nothing more is written

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="shadow_report_period_runs_forward")
        ]

    def __str__(self) -> str:
        return self.code


class Section(models.Model):
    """A heading with its authors' words. One about a provision is followed by the accounts of it, as they stand."""

    report = models.ForeignKey(ShadowReport, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(default=0)
    heading = TextField()
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = TextField(null=True, blank=True)  # paragraphs with an empty line between them
    writer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # whose task it is
    ready = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["report", "position", "pk"]

    def __str__(self) -> str:
        return f"section {self.pk}"


class SectionComment(models.Model):
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class CoAuthor(models.Model):
    """An organisation of the coalition. It signs by its own officer, and only then is its name printed."""

    report = models.ForeignKey(ShadowReport, on_delete=models.CASCADE, related_name="coalition")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["report", "organisation__slug"]
        constraints = [models.UniqueConstraint(fields=["report", "organisation"], name="co_author_once")]

    def __str__(self) -> str:
        return f"{self.organisation} of {self.report}"


class FrozenReport(models.Model):
    """One edition, whole: words, accounts, evidence and signatures of that day. Never changed."""

    report = models.ForeignKey(ShadowReport, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()  # shadow/assembling.py
    sha256 = models.CharField(max_length=64)  # of the document, canonical JSON
    note = models.CharField(max_length=300, blank=True)  # what is new in it
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["report", "-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="frozen_report_once")]

    def __str__(self) -> str:
        return f"{self.report.code} {self.number}"
