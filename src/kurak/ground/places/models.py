"""The world, the region, its countries and their subdivisions: one tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode


class Place(TreeNode):
    class Kind(models.TextChoices):
        WORLD = "world", _("World")
        REGION = "region", _("Region")
        COUNTRY = "country", _("Country")
        SUBDIVISION = "subdivision", _("Subdivision")

    code = models.CharField(max_length=20, unique=True)  # ISO 3166-1 alpha-2, ISO 3166-2, or our own word
    kind = models.CharField(max_length=12, choices=Kind)
    names = models.JSONField(default=dict)  # {language: name}, CLDR's where it has one
    division = models.CharField(max_length=40, blank=True)  # of a subdivision: what ISO calls it, such as Province
    codes = models.JSONField(default=dict)  # other codes: {"iso3": "KGZ", "m49": "417", "national": "KG02"}

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or self.code
