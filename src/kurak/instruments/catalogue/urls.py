"""Reading: an instrument has a page, and each of its editions another: the method."""

from django.urls import path, re_path

from kurak.instruments.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:instrument>/", views.instrument, name="instrument"),
    path("<slug:instrument>/compare/", views.compare, name="compare"),
    path("<slug:instrument>/<str:edition>/", views.edition, name="edition"),
    path("<slug:instrument>/<str:edition>/r<int:revision>/", views.edition, name="revision"),
    re_path(
        r"^(?P<instrument>[-\w]+)/(?P<edition>[^/]+)/r(?P<revision>\d{1,5})/definition\.(?P<form>yaml|xlsx|json)$",
        views.download,
        name="download",
    ),
]
