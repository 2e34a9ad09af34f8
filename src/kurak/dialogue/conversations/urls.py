"""Everything of one conversation lies under its own path, so that a participant's cookie goes nowhere else."""

from django.urls import path

from kurak.dialogue.conversations import views
from kurak.dialogue.conversations.exchange.urls import urlpatterns as exchange
from kurak.dialogue.conversations.moderation.urls import public as moderation

app_name = "conversations"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:slug>/", views.conversation, name="conversation"),
    path("<slug:slug>/enter/", views.enter, name="enter"),
    path("<slug:slug>/vote/", views.vote, name="vote"),
    path("<slug:slug>/next/", views.next_statements, name="next"),
    path("<slug:slug>/about-me/", views.about_me, name="about_me"),
    path("<slug:slug>/write/", views.write, name="write"),
    path("<slug:slug>/mine/", views.mine, name="mine"),
    path("<slug:slug>/mine/carry/", views.carry, name="carry"),
    path("<slug:slug>/mine/appeal/<int:number>/", views.appeal, name="appeal"),
    path("<slug:slug>/mine/erase/", views.erase, name="erase"),
    path("<slug:slug>/picture/", views.picture, name="picture"),
    path("<slug:slug>/picture/table/", views.table, name="table"),
    path("<slug:slug>/picture.json", views.picture_data, name="picture_data"),
    path("<slug:slug>/projector/", views.projector, name="projector"),
    path("<slug:slug>/editions/<int:number>/", views.edition, name="edition"),
    *moderation,
    *exchange,
]
