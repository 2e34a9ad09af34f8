"""Pages of the record of acts."""

from django.urls import path

from kurak.ground.safety import views

app_name = "safety"
urlpatterns = [
    path("desk/audit/", views.audit, name="audit"),
    path("desk/audit/export/", views.export, name="export"),
]
