"""/desk/accounts/"""

from django.urls import path

from kurak.commitments.accounts.desk import views

app_name = "accounts_desk"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("residents/", views.residents, name="residents"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("replies/<int:pk>/cover/", views.cover, name="cover"),
    path("bring/", views.bring, name="bring"),
    path("bring/template.csv", views.template, name="template"),
]
