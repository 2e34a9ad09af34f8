"""/assessments/: what is published, one's own, and the way through one."""

from django.urls import path

from kurak.instruments.assessments import views
from kurak.instruments.assessments.evidence import views as evidence
from kurak.instruments.assessments.exchange import views as exchange

app_name = "assessments"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("mine/", views.mine, name="mine"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.assessment, name="assessment"),
    path("<int:pk>/published/", views.published, name="published"),
    path("<int:pk>/comparison/", views.comparison, name="comparison"),
    path("<int:pk>/steps/<slug:step>/", views.act, name="act"),
    path("sheets/<int:pk>/", views.sheet, name="sheet"),
    path("sheets/<int:pk>/invitation/", views.invitation, name="invitation"),
    path("sheets/<int:pk>/hand-in/", views.hand_in, name="hand_in"),
    path("sheets/<int:pk>/parts/<slug:page>/", views.page, name="page"),
    path("sheets/<int:pk>/evidence/<slug:criterion>/", evidence.evidence, name="evidence"),
    path("sheets/<int:pk>/answers.xlsx", exchange.as_workbook, name="workbook"),
    path("sheets/<int:pk>/form.xlsx", exchange.as_xlsform, name="xlsform"),
    path("sheets/<int:pk>/file/", exchange.bring_in, name="bring_in"),
    path("evidence/<int:pk>/", evidence.change, name="change_evidence"),
    path("evidence/<int:pk>/file/", evidence.file, name="file"),
]
