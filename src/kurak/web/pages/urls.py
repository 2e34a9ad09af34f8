"""Pages where rooms meet, and the small files that browsers ask for."""

from django.urls import path

from kurak.web.pages import files, leaving, places, reference, themes, trails, views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("places/", places.places, name="places"),
    path("places/<slug:code>/", places.place, name="place"),
    path("themes/", themes.themes, name="themes"),
    path("themes/<slug:code>/", themes.theme, name="theme"),
    path("figures/<int:number>/", places.measure, name="measure"),
    path("trail/<slug:kind>/<str:key>/", trails.trail, name="trail"),
    path("api/", reference.reference, name="api_reference"),
    path("open-data/", views.open_data, name="open_data"),
    path("safety/", views.safety, name="safety"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("offline/", views.offline, name="offline"),
    path("exit/", leaving.leave, name="exit"),
    path("robots.txt", files.robots, name="robots"),
    path("manifest.webmanifest", files.manifest, name="manifest"),
    path("sw.js", files.service_worker, name="service_worker"),
    path("favicon.ico", files.favicon, name="favicon"),
]
