"""Two lists: what everybody may read lies with the conversation, the moderators' pages lie at the desk."""

from django.urls import path

from kurak.dialogue.conversations.moderation import views

public = [
    path("<slug:slug>/policy/", views.policy, name="policy"),
    path("<slug:slug>/log/", views.log, name="log"),
    path("<slug:slug>/log.csv", views.log_csv, name="log_csv"),
]
app_name = "moderation"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("decide/", views.decide, name="decide"),
    path("appeals/", views.appeals, name="appeals"),
    path("appeals/<int:number>/", views.decide_appeal, name="decide_appeal"),
    path("alike/", views.alike, name="alike"),
    path("alike/decide/", views.decide_alike, name="decide_alike"),
    path("alike/<int:number>/undo/", views.unmerge, name="unmerge"),
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/look/", views.look_for_patterns, name="look_for_patterns"),
    path("patterns/<int:pk>/", views.decide_flag, name="decide_flag"),
    path("decided/", views.decided, name="decided"),
]
