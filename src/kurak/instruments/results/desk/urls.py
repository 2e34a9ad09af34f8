from django.urls import path

from kurak.instruments.results.desk import views

app_name = "results_desk"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("bring/", views.bring, name="bring"),
    path("data/<int:number>/", views.data, name="data"),
    path("data/<int:number>/compute/", views.compute, name="compute"),
    path("<int:number>/publish/", views.publish, name="publish"),
    path("<int:number>/study/", views.study, name="study"),
    path("<int:number>/withdraw/", views.withdraw, name="withdraw"),
]
