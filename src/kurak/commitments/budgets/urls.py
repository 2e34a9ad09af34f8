"""/budgets/"""

from django.urls import path

from kurak.commitments.budgets import views

app_name = "budgets"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("photos/<int:pk>/", views.photo, name="photo"),
    path("<str:place>/<int:year>/", views.budget, name="budget"),
    path("<str:place>/<int:year>/lines.csv", views.data, name="data"),
    path("<str:place>/<int:year>/<str:code>/", views.line, name="line"),
    path("<str:place>/<int:year>/<str:code>/answer/", views.answer, name="answer"),
]
