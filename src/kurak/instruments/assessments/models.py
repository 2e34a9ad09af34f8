"""An assessment: one subject, one edition of an instrument, one period; sheets that raters fill; what was said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.instruments.catalogue.models import Edition


class Assessment(models.Model):
    """The case. Its subject is the organisation itself, or something it answers for, which has a name."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being answered")
        SUBMITTED = "submitted", _("Handed in")
        REVIEW = "review", _("Under review")
        REPLY = "reply", _("Waiting for the reply")
        PANEL = "panel", _("Before the panel")
        DECIDED = "decided", _("Decided")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    class Consent(models.TextChoices):
        NONE = "", _("Nothing is published")
        BAND = "band", _("Only the class")
        PROFILE = "profile", _("The whole profile")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assessments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="assessments")
    subject = models.CharField(max_length=200, blank=True)  # a programme, a municipality, a community: its name
    start = models.DateField()  # the period that is assessed, both days included
    end = models.DateField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    since = models.DateTimeField(default=timezone.now)  # when it came to this status
    short = models.BooleanField(default=False)  # the core questions only
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    reply_until = models.DateField(null=True, blank=True)
    consent = models.CharField(max_length=8, choices=Consent, default=Consent.NONE, blank=True)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    consented_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(status="published") | ~Q(consent=""), name="published_with_consent"),
        ]

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class Sheet(models.Model):
    """One rater's answers: the organisation's own, a peer's, an expert's, or what the panel decided."""

    class Role(models.TextChoices):
        SELF = "self", _("The organisation itself")
        PEER = "peer", _("Peer")
        EXPERT = "expert", _("Expert")
        PANEL = "panel", _("Panel")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sheets")
    role = models.CharField(max_length=8, choices=Role)
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    rater_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    interests = models.TextField(blank=True)  # what ties the rater to the subject, in their own words; empty: none
    declared_at = models.DateTimeField(null=True, blank=True)  # empty: nothing declared yet, and nothing shown
    handed_in_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["assessment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "rater", "role"], name="sheet_of_rater_once"),
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(role="self"), name="one_sheet_of_the_organisation"
            ),
            models.UniqueConstraint(fields=["assessment"], condition=Q(role="panel"), name="one_sheet_of_the_panel"),
        ]

    def __str__(self) -> str:
        return f"sheet {self.pk}"


class Answer(models.Model):
    """given: the word or number as it was given, in the terms of the edition; value is what it stands for."""

    class Evidence(models.IntegerChoices):
        STATEMENT = 0, _("Own statement")
        DOCUMENT = 1, _("Document")
        CONFIRMED = 2, _("Confirmed by others")
        CHECKED = 3, _("Independently checked")

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=60)  # code of a leaf
    given = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    level = models.PositiveSmallIntegerField(choices=Evidence, default=Evidence.STATEMENT)

    class Meta:
        ordering = ["sheet", "criterion"]
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="answer_once")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Evidence(models.Model):
    """A document or a link that an answer stands on. Files lie outside the pages' reach, under their SHA-256."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500, blank=True)
    page = models.CharField(max_length=20, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)  # SHA-256 of the file
    name = models.CharField(max_length=120, blank=True)  # of the file, cleaned
    size = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=80, blank=True)  # media type, as found in the file itself
    public = models.BooleanField(default=False)  # may be shown with the published profile
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["answer", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(link="") | ~Q(sha256=""), name="evidence_is_somewhere")]

    def __str__(self) -> str:
        return self.title


class Remark(models.Model):
    """What is said about an assessment, never edited away: a reply, an appeal, the panel's reasons."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Reply")
        REASON = "reason", _("Reason")
        APPEAL = "appeal", _("Appeal")
        NOTE = "note", _("Note")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="remarks")
    criterion = models.CharField(max_length=60, blank=True)  # empty: about the whole
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["assessment", "at", "pk"]

    def __str__(self) -> str:
        return f"remark {self.pk}"
