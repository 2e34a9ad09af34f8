"""Reading: an agenda has a page, and so has each of its parts and commitments. Commitments are kept here too, by
whoever signs in and may."""

from django.urls import path, re_path

from kurak.commitments.agendas import views
from kurak.commitments.agendas.linking import views as linking
from kurak.commitments.agendas.promising import views as promising

app_name = "agendas"
COMMITMENT = "<slug:agenda>/commitments/<str:code>/"
FORM = r"agenda\.(?P<form>yaml|json|csv|xlsx|xml)$"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("coverage/", views.coverage, name="coverage"),
    path("treaties/", views.treaties, name="treaties"),
    path("<slug:agenda>/", views.agenda, name="agenda"),
    re_path(rf"^(?P<agenda>[-\w]+)/{FORM}", views.download, name="file"),
    path("<slug:agenda>/compare/", views.compare, name="compare"),
    path("<slug:agenda>/versions/<int:number>/", views.version, name="version"),
    re_path(rf"^(?P<agenda>[-\w]+)/versions/(?P<number>\d{{1,5}})/{FORM}", views.download, name="version_file"),
    re_path(r"^(?P<agenda>[-\w]+)/commitments\.(?P<form>csv|xlsx)$", views.commitments_file, name="commitments_file"),
    path("<slug:agenda>/commitments/new/", promising.new, name="new_commitment"),
    path(f"{COMMITMENT}", views.commitment, name="commitment"),
    path(f"{COMMITMENT}history/", promising.history, name="history"),
    path(f"{COMMITMENT}change/", promising.change, name="change_commitment"),
    path(f"{COMMITMENT}withdraw/", promising.withdraw, name="withdraw_commitment"),
    path(f"{COMMITMENT}steps/new/", promising.new_step, name="new_step"),
    path(f"{COMMITMENT}steps/<int:pk>/", promising.step, name="step"),
    path("<slug:agenda>/<str:code>/link/", linking.link, name="link"),
    path("<slug:agenda>/<str:code>/closer/", linking.bring_closer, name="bring_closer"),
    path("<slug:agenda>/<str:code>/", views.provision, name="provision"),
]
