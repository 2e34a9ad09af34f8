from django.urls import path

from kurak.instruments.results import views

app_name = "results"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<int:number>/", views.run, name="run"),
    path("<int:number>.<slug:form>", views.data, name="data"),
    path("<int:number>/trends.<slug:form>", views.moves, name="trends"),
    path("<int:number>/study/", views.study, name="study"),
    path("<int:number>/study.<slug:form>", views.study_file, name="study_file"),
    path("<int:number>/unit/", views.unit, name="unit"),
    path("<int:number>/over-time/", views.over_time, name="over_time"),
    path("<int:number>/over-time.<slug:form>", views.over_time_file, name="over_time_file"),
    path("<int:number>/path/", views.path, name="path"),
    path("<int:number>/path.<slug:form>", views.path_file, name="path_file"),
    path("places/<str:code>/", views.country, name="country"),
    path("places/<str:code>.<slug:form>", views.country_file, name="country_file"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("organisations/<slug:slug>.<slug:form>", views.organisation_file, name="organisation_file"),
]
