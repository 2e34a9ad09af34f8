"""/desk/agendas/: keeping them."""

from django.urls import path

from kurak.commitments.agendas.desk import views

app_name = "agendas_desk"
urlpatterns = [
    path("", views.agendas, name="agendas"),
]
