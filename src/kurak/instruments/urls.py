"""The room's pages."""

from django.urls import include, path

urlpatterns = [
    path("instruments/", include("kurak.instruments.catalogue.urls")),
    path("assessments/", include("kurak.instruments.assessments.urls")),
    path("results/", include("kurak.instruments.results.urls")),
]
