"""Agendas and what they hold: a tree of provisions, commitments to them, steps on the way.

A convention, the Sustainable Development Goals, an OGP action plan, a climate pledge, a town's programme and the Vision
itself are kinds of one thing. What a kind calls its parts and which statuses its commitments have stands in
agendas/declared.yaml, not here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from kurak.ground.languages.text import TextField
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place


class Level(models.TextChoices):
    GLOBAL = "global", _("Global")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    LOCAL = "local", _("Local")


class Agenda(models.Model):
    """A set of promises: who made it, where it holds, and since when."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    code = models.SlugField(max_length=60, unique=True)
    kind = models.SlugField(max_length=30)  # of agendas/declared.yaml: vision, sdg, treaty, upr, ogp, climate, ...
    title = TextField()
    summary = TextField(null=True, blank=True)
    level = models.CharField(max_length=8, choices=Level)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="agendas")  # the world, a country, a town
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="agendas")
    shipped = models.BooleanField(default=False)  # comes with the platform; its file is the truth
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    adopted = models.DateField(null=True, blank=True)
    holds_from = models.DateField(null=True, blank=True)
    holds_until = models.DateField(null=True, blank=True)  # the last day
    source = models.CharField(max_length=300, blank=True)  # where it was read
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    checked = models.DateField(null=True, blank=True)  # the day when its facts were last compared with the source
    verified = models.BooleanField(default=True)  # recalled and not compared with the source: shown as such
    file_sha256 = models.CharField(max_length=64, blank=True)  # of the file that it came with, as it was last read
    folded = models.TextField(blank=True)  # what search reads: its words in every language, folded

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holds_until=None) | Q(holds_from=None) | Q(holds_from__lte=F("holds_until")),
                name="agenda_holds_forward",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """The agenda's whole tree as it stood from a day on. What was published never changes: a correction is the next."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=60, blank=True)  # as its makers name it
    dated = models.DateField()  # the first day it holds
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    document = models.JSONField(default=dict)  # {"provisions": [{code, kind, title, text, provisions: [...]}, ...]}
    sha256 = models.CharField(max_length=64)  # of the document, canonical JSON
    note = models.CharField(max_length=500, blank=True)  # what changed, and why
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["agenda", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "number"], name="version_of_agenda_once"),
            models.UniqueConstraint(fields=["agenda"], condition=Q(status="draft"), name="one_draft_of_an_agenda"),
        ]

    def __str__(self) -> str:
        return f"{self.agenda.code} {self.number}"


class Provision(models.Model):
    """One place of the tree: a priority, goal, target, article, recommendation. Keeps its row from version to version
    by its code, so that what stands on it goes on standing."""

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="provisions")
    code = models.CharField(max_length=60)  # 16.7, art-25, ...: unique in its agenda
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    kind = models.SlugField(max_length=30)  # what the kind of agenda calls it: goal, target, article, ...
    position = models.PositiveIntegerField(default=0)  # in the whole tree, depth first
    depth = models.PositiveSmallIntegerField(default=0)
    title = TextField()
    text = TextField(null=True, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="provisions"
    )  # where it binds, if narrower than the agenda: a recommendation to one state
    about = models.JSONField(default=dict)  # further facts of its kind, declared there: who recommended, response, ...
    holds_from = models.DateField(null=True, blank=True)
    holds_until = models.DateField(null=True, blank=True)
    verified = models.BooleanField(default=True)
    ended = models.BooleanField(default=False)  # not in the newest version any more
    folded = models.TextField(blank=True)

    class Meta:
        ordering = ["agenda", "position"]
        constraints = [models.UniqueConstraint(fields=["agenda", "code"], name="provision_of_agenda_once")]

    def __str__(self) -> str:
        return f"{self.agenda.code} {self.code}"


class Crosswalk(models.Model):
    """A provision leads to another, mostly of another agenda."""

    class Relation(models.TextChoices):
        SERVES = "serves", _("serves")  # an objective serves a target
        RESTS = "rests-on", _("rests on")  # a recommendation rests on an article
        LOCALISES = "localises", _("brings closer")  # a national target of a global one, a local one of a national one
        SAME = "same", _("says the same as")

    start = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="leads_to")
    end = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="reached_from")
    relation = models.CharField(max_length=10, choices=Relation)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=True)

    class Meta:
        ordering = ["start", "relation", "end"]
        constraints = [
            models.UniqueConstraint(fields=["start", "end", "relation"], name="crosswalk_once"),
            models.CheckConstraint(condition=~Q(start=F("end")), name="crosswalk_leads_away"),
        ]

    def __str__(self) -> str:
        return f"{self.start} {self.relation} {self.end}"


class Participation(models.Model):
    """A state's part in an agenda: signed, party, or not."""

    class Status(models.TextChoices):
        PARTY = "party", _("Party")
        SIGNATORY = "signatory", _("Signed only")
        NONE = "none", _("No action")
        LEFT = "left", pgettext_lazy("state", "Withdrawn")

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="participations")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="participations")
    status = models.CharField(max_length=10, choices=Status)
    signed_on = models.DateField(null=True, blank=True)
    consent = models.CharField(max_length=30, blank=True)  # ratification, accession, succession, acceptance, ...
    consented_on = models.DateField(null=True, blank=True)
    consented_year = models.PositiveSmallIntegerField(null=True, blank=True)  # where only the year is known
    holds_from = models.DateField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)  # nothing is known after this day
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=True)

    class Meta:
        ordering = ["agenda", "place"]
        constraints = [models.UniqueConstraint(fields=["agenda", "place"], name="participation_once")]

    def __str__(self) -> str:
        return f"{self.agenda} {self.place} {self.status}"


class Commitment(models.Model):
    """What somebody has promised to do by a day."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="commitments")
    code = models.CharField(max_length=60)
    provisions = models.ManyToManyField(Provision, blank=True, related_name="commitments")
    title = TextField()
    text = TextField(null=True, blank=True)
    level = models.CharField(max_length=8, choices=Level)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="commitments")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    owner_name = models.CharField(max_length=200, blank=True)  # of an owner who is not on the platform
    partners = models.ManyToManyField(Organisation, blank=True, related_name="partnered_commitments")
    starts = models.DateField(null=True, blank=True)
    deadline = models.DateField(null=True, blank=True)
    status = models.SlugField(max_length=30)  # of the kind of agenda (agendas/declared.yaml)
    status_since = models.DateField(null=True, blank=True)
    status_why = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    verified = models.BooleanField(default=True)
    withdrawn = models.BooleanField(default=False)
    folded = models.TextField(blank=True)
    history = HistoricalRecords(excluded_fields=["folded"], m2m_fields=[provisions, partners])

    class Meta:
        ordering = ["agenda", "code"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "code"], name="commitment_of_agenda_once"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(deadline=None) | Q(starts__lte=F("deadline")),
                name="commitment_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agenda.code} {self.code}"


class Step(models.Model):
    """A step of the roadmap. One action can serve many commitments."""

    commitments = models.ManyToManyField(Commitment, related_name="steps")
    title = TextField()
    owner_name = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    history = HistoricalRecords(m2m_fields=[commitments])

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(due=None) | Q(starts__lte=F("due")), name="step_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"
