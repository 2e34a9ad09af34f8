"""Pages of the record of acts."""

from django.urls import path

from kurak.ground.record import views

app_name = "record"
urlpatterns = [
    path("desk/audit/", views.audit, name="audit"),
    path("desk/audit/export/", views.export, name="export"),
]
