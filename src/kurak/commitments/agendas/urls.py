"""Reading: an agenda has a page, and so has each of its parts and commitments. Commitments are kept here too, by
whoever signs in and may."""

from django.urls import path

from kurak.commitments.agendas import views

app_name = "agendas"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:agenda>/", views.agenda, name="agenda"),
    path("<slug:agenda>/commitments/<str:code>/", views.commitment, name="commitment"),
    path("<slug:agenda>/<str:code>/", views.provision, name="provision"),
]
