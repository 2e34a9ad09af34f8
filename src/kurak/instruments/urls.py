"""The room's pages."""

from django.urls import include, path

urlpatterns = [
    path("desk/instruments/", include("kurak.instruments.catalogue.building.urls")),
    path("instruments/", include("kurak.instruments.catalogue.urls")),
    path("desk/assessments/", include("kurak.instruments.assessments.desk.urls")),
    path("assessments/", include("kurak.instruments.assessments.urls")),
    path("desk/results/", include("kurak.instruments.results.desk.urls")),
    path("results/", include("kurak.instruments.results.urls")),
]
