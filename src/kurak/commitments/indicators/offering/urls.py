"""/desk/indicators/: files come in, offers are decided."""

from django.urls import path

from kurak.commitments.indicators.offering import views

app_name = "indicators_desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("of/<slug:code>/target/", views.target, name="target"),
    path("offers/<int:number>/", views.decide, name="decide"),
]
