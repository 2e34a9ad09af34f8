"""/commitments/: seen from a country, from a theme, and across the region."""

from django.urls import path

from kurak.commitments.overviews import views

app_name = "overviews"

urlpatterns = [
    path("", views.region, name="region"),
    path("places/<slug:code>/", views.country, name="country"),
    path("themes/<slug:code>/", views.theme, name="theme"),
]
