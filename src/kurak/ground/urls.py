"""Pages of the ground: places, themes, people."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kurak.ground.people.urls")),
    path("", include("kurak.ground.publishing.urls")),
    path("", include("kurak.ground.record.urls")),
]
