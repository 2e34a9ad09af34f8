"""/desk/assessments/"""

from django.urls import path

from kurak.instruments.assessments.desk import views

app_name = "assessing"

urlpatterns = [
    path("", views.cases, name="cases"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/<slug:step>/", views.act, name="act"),
]
