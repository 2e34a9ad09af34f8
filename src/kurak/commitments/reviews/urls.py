"""/reviews/"""

from django.urls import path

from kurak.commitments.reviews import views

app_name = "reviews"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("name/", views.name, name="name"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/<slug:step>/", views.act, name="act"),
]
