"""/desk/agendas/: keeping them."""

from django.urls import path

from kurak.commitments.agendas.desk import views

app_name = "agendas_desk"
urlpatterns = [
    path("", views.agendas, name="agendas"),
    path("new/", views.new, name="new"),
    path("upload/", views.upload, name="upload"),
    path("<slug:agenda>/", views.agenda, name="agenda"),
    path("<slug:agenda>/heading/", views.heading, name="heading"),
    path("<slug:agenda>/parties/", views.parties, name="parties"),
    path("<slug:agenda>/draft/", views.draft, name="draft"),
    path("<slug:agenda>/tree/", views.tree, name="tree"),
    path("<slug:agenda>/tree/<str:code>/", views.part, name="part"),
    path("<slug:agenda>/check/", views.check, name="check"),
    path("<slug:agenda>/discard/", views.discard, name="discard"),
    path("<slug:agenda>/retire/", views.retire, name="retire"),
]
