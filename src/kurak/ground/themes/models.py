"""What things are about: the nine priorities of the Vision and the 17 goals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.text import TextField


class Theme(models.Model):
    class Kind(models.TextChoices):
        PRIORITY = "priority", _("Priority")
        GOAL = "goal", _("Sustainable Development Goal")

    code = models.SlugField(max_length=30, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField()
    name = TextField()
    description = TextField(null=True, blank=True)
    colour = models.CharField(max_length=12, default="felt")  # a thread of the patchwork: class theme--<colour>

    class Meta:
        ordering = ["-kind", "number"]
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="theme_number_once_a_kind")]

    def __str__(self) -> str:
        return self.code
