"""Pages of accounts and rights."""

from django.urls import path

from kurak.ground.people import views

app_name = "people"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/language/", views.language, name="language"),
    path("account/data/", views.data, name="data"),
    path("account/close/", views.close, name="close"),
    path("account/second-factor/", views.second_factor, name="second_factor"),
    path("desk/people/", views.people, name="people"),
    path("desk/people/organisations/", views.add_organisation, name="add_organisation"),
    path("desk/people/members/", views.add_member, name="add_member"),
    path("desk/people/roles/<int:pk>/revoke/", views.revoke, name="revoke"),
]
