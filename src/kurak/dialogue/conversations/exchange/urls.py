"""/conversations/<slug>/data/: what there is, and the files."""

from django.urls import path

from kurak.dialogue.conversations.exchange import views

urlpatterns = [
    path("<slug:slug>/data/", views.about, name="data"),
    path("<slug:slug>/data/package.zip", views.package, name="package"),
    path("<slug:slug>/data/<str:name>", views.file, name="file"),
]
