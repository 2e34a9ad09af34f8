"""How reviews are shown in the trail."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kurak.commitments.reviews.models import Review
from kurak.ground.trail.kinds import Kind, by_pk, register


def register_kinds() -> None:
    register(
        Kind("review", _("Review"), Review, by_pk(Review, "place"), str,
             lambda review: reverse("reviews:review", args=[review.pk]))
    )  # fmt: skip
