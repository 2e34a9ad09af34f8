"""/desk/instruments/: building them."""

from django.urls import path, re_path

from kurak.instruments.catalogue.building import parts, views

app_name = "building"
DRAFT = "<slug:instrument>/<int:pk>/"
urlpatterns = [
    path("", views.instruments, name="instruments"),
    path("new/", views.new, name="new"),
    path("upload/", views.upload, name="upload"),
    path("<slug:instrument>/", views.instrument, name="instrument"),
    path(f"{DRAFT}", parts.about, name="draft"),
    path(f"{DRAFT}criteria/", parts.criteria, name="criteria"),
    path(f"{DRAFT}criteria/<str:criterion>/", parts.criterion, name="criterion"),
    path(f"{DRAFT}answers/", parts.answers, name="answers"),
    path(f"{DRAFT}answers/<str:scale>/", parts.scale, name="scale"),
    path(f"{DRAFT}classes/", parts.classes, name="classes"),
    path(f"{DRAFT}classes/<str:scheme>/", parts.scheme, name="scheme"),
    path(f"{DRAFT}sources/", parts.sources, name="sources"),
    path(f"{DRAFT}notes/", parts.notes, name="notes"),
    path(f"{DRAFT}document/", views.document, name="document"),
    path(f"{DRAFT}preview/", views.preview, name="preview"),
    path(f"{DRAFT}check/", views.check, name="check"),
    path(f"{DRAFT}publish/", views.publish, name="publish"),
    path(f"{DRAFT}discard/", views.discard, name="discard"),
    path(f"{DRAFT}correct/", views.correct, name="correct"),
    path(f"{DRAFT}next/", views.next_edition, name="next"),
    path(f"{DRAFT}retire/", views.retire, name="retire"),
    re_path(r"^(?P<instrument>[-\w]+)/(?P<pk>\d{1,18})/draft\.(?P<form>yaml|xlsx|json)$", views.file, name="file"),
]
