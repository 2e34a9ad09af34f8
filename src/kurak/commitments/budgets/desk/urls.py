"""/desk/budgets/"""

from django.urls import path

from kurak.commitments.budgets.desk import views

app_name = "budgets_desk"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("files/<int:pk>/", views.columns, name="columns"),
    path("photos/", views.photos, name="photos"),
    path("photos/<int:pk>/", views.decide, name="decide"),
    path("<str:place>/<int:year>/", views.act, name="act"),
    path("<str:place>/<int:year>/<str:code>/", views.link, name="link"),
]
