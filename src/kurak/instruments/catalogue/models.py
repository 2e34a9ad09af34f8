"""An instrument and its editions. An edition that was published never changes: results keep theirs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.text import TextField
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.instruments.catalogue.documents import DocumentField


class Instrument(models.Model):
    """An index, a rating, a code of conduct, an evaluation: whatever its editions declare."""

    class Kind(models.TextChoices):
        INDEX = "index", _("Index")
        RATING = "rating", _("Rating")
        CODE = "code-of-conduct", _("Code of conduct")
        EVALUATION = "evaluation", _("Evaluation")
        PORTRAIT = "self-portrait", _("Self-portrait")
        REPORT_CARD = "report-card", _("Report card")
        ASSESSMENT = "assessment", _("Assessment")
        IMPACT = "impact", _("Impact")

    class Units(models.TextChoices):
        COUNTRY = "country", _("Countries")
        ORGANISATION = "organisation", _("Organisations")
        ENTERPRISE = "enterprise", _("Social enterprises")
        PROGRAMME = "programme", _("Programmes")
        MUNICIPALITY = "municipality", _("Municipalities")
        COMMUNITY = "community", _("Communities")
        CITY = "city", _("Cities")
        REVIEW = "review", _("Reviews")

    code = models.SlugField(max_length=60, unique=True)
    title = TextField()  # of its newest edition
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.INDEX)
    units = models.CharField(max_length=12, choices=Units, default=Units.COUNTRY)
    shipped = models.BooleanField(default=False)  # comes with the platform; its files are the truth
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="instruments"
    )  # of an instrument that was built here
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="instruments"
    )  # of an instrument that was built here: whose analysts and coordinators look after it
    folded = models.TextField(blank=True)  # what search reads: its words in every language, folded

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """One dated version of the method: the whole document as it was read. A correction is a new revision."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="editions")
    edition = models.CharField(max_length=40)  # as its publisher names it
    revision = models.PositiveSmallIntegerField(default=1)
    dated = models.DateField()  # the first day the method holds
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    document = DocumentField()  # docs/reference/instrument-format.md
    text = models.TextField(blank=True)  # the file as it was written, comments and all
    checksum = models.CharField(max_length=64)  # of what is computed (Declaration.checksum)
    sha256 = models.CharField(max_length=64)  # of the whole document, words too
    label = models.CharField(max_length=12)  # exact, approximate, proxy
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["instrument", "-dated", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "edition", "revision"], name="edition_of_instrument_once"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False), name="edition_published_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument.code} {self.edition}"
