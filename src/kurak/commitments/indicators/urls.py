"""/indicators/: what is followed, how it goes, and the files it came in."""

from django.urls import path

from kurak.commitments.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("batches/", views.batches, name="batches"),
    path("batches/<int:number>/", views.batch, name="batch"),
    path("places/<slug:code>/", views.country, name="country"),
    path("places/<slug:code>/data.<slug:form>", views.country_data, name="country_data"),
    path("of/<slug:code>/", views.indicator, name="indicator"),
    path("of/<slug:code>/data.<slug:form>", views.data, name="data"),
]
