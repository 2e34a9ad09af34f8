"""/shadow-reports/: what is published, and the work on one."""

from django.urls import path

from kurak.commitments.shadow import views, working

app_name = "shadow"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("mine/", working.mine, name="mine"),
    path("new/", working.new, name="new"),
    path("<slug:code>/", views.edition, name="newest"),
    path("<slug:code>/<int:number>/", views.edition, name="edition"),
    path("<slug:code>/<int:number>/document.json", views.document, name="document"),
    path("<slug:code>/<int:number>/<slug:language>.<slug:form>", views.file, name="file"),
    path("<slug:code>/compare/<int:old>/<int:new>/", views.compare, name="compare"),
    path("<slug:code>/work/", working.work, name="work"),
    path("<slug:code>/work/sections/<int:pk>/", working.section, name="section"),
    path("<slug:code>/work/preview/", working.preview, name="preview"),
    path("<slug:code>/work/preview.<slug:form>", working.preview, name="preview_file"),
    path("<slug:code>/work/steps/<slug:step>/", working.act, name="act"),
]
