"""A report that a government wrote of itself, and how it was read: graded with an instrument by two graders, which
targets it says it reports on, and what the government answers to each row."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas.models import Provision
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.instruments.assessments.models import Assessment


class Review(models.Model):
    class Kind(models.TextChoices):
        VNR = "vnr", _("Voluntary National Review")
        OGP = "ogp", _("Open Government Partnership report")
        NDC = "ndc", _("Report on a climate contribution")

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=3, choices=Kind)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500)
    sha256 = models.CharField(max_length=64, blank=True)  # of the document that was read
    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="review_of"
    )  # the grading, with a sheet for each grader
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["place", "-year", "kind"]
        constraints = [models.UniqueConstraint(fields=["place", "kind", "year"], name="review_once_a_year")]

    def __str__(self) -> str:
        return self.title


class TargetClaim(models.Model):
    """One reader found that the review says it reports on a target."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="claims")
    target = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["review", "target__position"]
        constraints = [models.UniqueConstraint(fields=["review", "target", "by"], name="review_claim_once_a_reader")]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class GovernmentComment(models.Model):
    """What an authority answers to a row of the grading. Never edited: who wants to say more, says it below."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    criterion = models.CharField(max_length=60, blank=True)  # empty: on the whole
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["said_at"]

    def __str__(self) -> str:
        return f"comment {self.pk}"
