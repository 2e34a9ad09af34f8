"""The facilitator's desk, and the moderators' within it. Nothing here is for strangers."""

from django.urls import path

from kurak.dialogue.conversations.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("new/", views.new, name="new"),
    path("<slug:slug>/", views.conversation, name="conversation"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("<slug:slug>/phase/", views.change_phase, name="phase"),
    path("<slug:slug>/statements/", views.statements, name="statements"),
    path("<slug:slug>/statements/<int:number>/", views.translations, name="translations"),
    path("<slug:slug>/statements/<int:number>/about/", views.mark_about_person, name="about"),
    path("<slug:slug>/share/", views.share, name="share"),
    path("<slug:slug>/share/renew/", views.renew_link, name="renew_link"),
    path("<slug:slug>/guests/", views.guests, name="guests"),
    path("<slug:slug>/guests/codes.csv", views.codes, name="codes"),
    path("<slug:slug>/guests/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:slug>/coverage/", views.coverage, name="coverage"),
    path("<slug:slug>/editions/", views.freeze, name="freeze"),
]
