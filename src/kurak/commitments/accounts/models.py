"""Accounts: one party's word on where a commitment or a provision stands, with its evidence; questions and replies.

Accounts of different kinds of grader stand side by side and are never averaged."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas.models import Commitment, Provision
from kurak.ground.languages.text import Text, TextField
from kurak.ground.measures.models import Measure
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place


class Grader(models.TextChoices):
    STATE = "state", _("The state")
    CIVIL = "civil-society", _("Civil society")
    BODY = "treaty-body", _("Treaty body or independent mechanism")
    EXPERT = "expert", _("Expert")
    RESIDENTS = "residents", _("Residents")


class Account(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PENDING = "pending", _("Waiting for approval")
        RETURNED = "returned", _("Returned with remarks")
        APPROVED = "approved", _("Approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Confidence(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="accounts")
    start = models.DateField()  # the period, both days included
    end = models.DateField()
    grader = models.CharField(max_length=14, choices=Grader)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )  # who says it, where they are on the platform
    said_by = models.CharField(max_length=200, blank=True)  # who says it, where they are not: a committee, a ministry
    first_hand = models.BooleanField(default=False)  # said by that party itself; else read in a published document
    scale = models.SlugField(max_length=40)  # a file of accounts/scales
    value = models.CharField(max_length=40, blank=True)  # a step of the scale, or a number; empty: no information
    ladder = models.FloatField(null=True, blank=True)  # 0..1, by the scale's file; empty: says nothing about the state
    confidence = models.CharField(max_length=6, choices=Confidence, default=Confidence.MEDIUM)
    text = TextField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    since = models.DateTimeField(default=timezone.now)  # when it came to this status
    remark = models.TextField(blank=True)  # why it was returned or withdrawn
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )  # an approved account is never changed: the next one takes its place

    class Meta:
        ordering = ["-end", "grader", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(commitment=None, provision__isnull=False) | Q(commitment__isnull=False, provision=None),
                name="account_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="account_period_runs_forward"),
            models.CheckConstraint(
                condition=Q(ladder=None) | Q(ladder__gte=0, ladder__lte=1), name="account_ladder_from_0_to_1"
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(published_at__isnull=False), name="account_approved_when"
            ),
        ]
        indexes = [models.Index(fields=["place", "status", "grader"], name="account_of_a_place")]

    def __str__(self) -> str:
        return f"account {self.pk}"


class Evidence(models.Model):
    """What an account stands on: a document with its hash, a link with its copy, a figure of the ground."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=300)
    page = models.CharField(max_length=60, blank=True)  # page or paragraph
    url = models.URLField(max_length=500, blank=True)
    copy_url = models.URLField(max_length=500, blank=True)  # where an archive keeps it
    sha256 = models.CharField(max_length=64, blank=True)  # of the file or of the copy that was kept
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=80, blank=True)  # media type
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    public = models.BooleanField(default=False)  # the file itself may be opened by everybody
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["account", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(sha256="") | Q(measure__isnull=False), name="account_evidence_is_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """What civil society proposes to ask, at the review or of the authority."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)  # it was withdrawn

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(commitment=None, provision__isnull=False) | Q(commitment__isnull=False, provision=None),
                name="question_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class Reply(models.Model):
    """What was answered to an account or a question. Never edited: who wants to say more, says it below. Words that put
    somebody at risk can be covered, and everybody sees that they were, and why."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="replies")
    text = TextField()
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    covered_at = models.DateTimeField(null=True, blank=True)
    covered_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["said_at"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=Q(account=None, question__isnull=False) | Q(account__isnull=False, question=None),
                name="reply_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    @property
    def words(self) -> Text | None:
        """What everybody may read of it."""
        return None if self.covered_at else self.text
