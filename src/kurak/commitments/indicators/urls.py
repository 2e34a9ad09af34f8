"""/indicators/: what is followed, how it goes, and the files it came in."""

from django.urls import path

from kurak.commitments.indicators import views
from kurak.commitments.indicators.offering import views as offering

app_name = "indicators"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("batches/", views.batches, name="batches"),
    path("batches/<int:number>/", views.batch, name="batch"),
    path("places/<slug:code>/", views.country, name="country"),
    path("places/<slug:code>/data.<slug:form>", views.country_data, name="country_data"),
    path("of/<slug:code>/", views.indicator, name="indicator"),
    path("offers/", offering.offers, name="offers"),
    path("offers/<int:number>/", offering.offer_again, name="offer_again"),
    path("of/<slug:code>/offer/", offering.offer, name="offer"),
    path("of/<slug:code>/data.<slug:form>", views.data, name="data"),
]
