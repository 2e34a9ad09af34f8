"""Days that matter to an agenda, and who asked to be reminded of them.

The last days of agendas and the deadlines of commitments are in the calendar by themselves; here is what
else is due."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas.models import Agenda, Provision
from kurak.ground.languages.text import TextField
from kurak.ground.places.models import Place


class Due(models.Model):
    class Kind(models.TextChoices):
        STATE = "state-report", _("Report of the state")
        SHADOW = "shadow-report", _("Report of civil society")
        QUESTIONS = "questions", _("List of questions")
        SESSION = "session", _("Session or review")
        FOLLOW_UP = "follow-up", _("Follow-up")
        MEETING = "meeting", _("Consultation or meeting")
        OTHER = "other", _("Other")

    class Exact(models.TextChoices):
        DAY = "day", _("on this day")
        MONTH = "month", _("in this month")
        YEAR = "year", _("in this year")

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="due")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, null=True, blank=True, related_name="due")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="due")
    kind = models.CharField(max_length=14, choices=Kind)
    day = models.DateField()  # the last one, where only a month or a year is known
    exact = models.CharField(max_length=5, choices=Exact, default=Exact.DAY)
    title = TextField()
    url = models.URLField(max_length=500, blank=True)  # where it was announced
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)  # compared with the announcement
    withdrawn = models.BooleanField(default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name_plural = "due"
        constraints = [
            models.CheckConstraint(condition=Q(verified=False) | ~Q(url="") | ~Q(source=""), name="due_verified_by"),
        ]

    def __str__(self) -> str:
        return f"due {self.pk}"


class Reminder(models.Model):
    """Somebody asked to be told some days before. Nobody else sees it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, null=True, blank=True, related_name="+")  # or all
    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True, blank=True, related_name="+")  # or everywhere
    days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        ordering = ["person", "pk"]

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class Told(models.Model):
    """That a person was told of a day already, so that no mail goes out twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)  # due:12, commitment:5, agenda:3
    day = models.DateField()  # moved to another day, it is told again
    days = models.PositiveSmallIntegerField()  # how many before

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key", "day", "days"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.day}"
