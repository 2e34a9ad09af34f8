"""Downloads: /data/measures.csv, /data/datapackage.json."""

from django.urls import path, re_path

from kurak.ground.publishing import views

urlpatterns = [
    path("data/datapackage.json", views.package, name="datapackage"),
    re_path(r"^data/(?P<code>[a-z-]+)\.(?P<form>csv|json|parquet)$", views.download, name="download"),
]
