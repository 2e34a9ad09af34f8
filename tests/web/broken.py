"""Addresses at which things go wrong, for the pages that say so."""

from django.urls import path

from kurak.ground.errors import Forbidden, Refused, TooMany
from kurak.web.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]


def breaks(request):
    raise ZeroDivisionError


def refusing(kind):
    def view(request):
        raise kind("test.refused", "Ask somebody else.")

    return view


urlpatterns = [
    path("break/", breaks),
    path("forbidden/", refusing(Forbidden)),
    path("too-many/", refusing(TooMany)),
    path("refused/", refusing(Refused)),
    *urlpatterns,
]
