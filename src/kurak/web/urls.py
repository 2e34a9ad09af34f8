"""Where pages live. Language is not in the path (ground/languages/middleware.py)."""

from django.urls import URLPattern, URLResolver, include, path

from kurak.web.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kurak.web.pages.urls")),
    path("", include("kurak.ground.urls")),
    path("", include("kurak.instruments.urls")),
    path("", include("kurak.commitments.urls")),
    path("", include("kurak.dialogue.urls")),
    path("account/", include("allauth.urls")),
    path("api/v1/", api.urls),
]
handler400 = "kurak.web.pages.errors.bad_request"
handler403 = "kurak.web.pages.errors.forbidden"
handler404 = "kurak.web.pages.errors.not_found"
handler500 = "kurak.web.pages.errors.server_error"
