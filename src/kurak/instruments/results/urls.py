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
    path("<int:number>/path/", views.path, name="path"),
    path("places/<str:code>/", views.country, name="country"),
]
