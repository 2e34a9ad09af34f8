"""/assessments/: what is published, one's own, and the way through one."""

from django.urls import path
from django.views.generic import RedirectView

app_name = "assessments"
_LATER = RedirectView.as_view(url="/")

urlpatterns = [
    path("<int:pk>/", _LATER, name="assessment"),
    path("<int:pk>/published/", _LATER, name="published"),
    path("evidence/<int:pk>/file/", _LATER, name="file"),
]
