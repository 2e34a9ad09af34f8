"""The room's pages. The desk of a conversation holds its moderation, under a name of its own."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("conversations/", include("kurak.dialogue.conversations.urls")),
    path("desk/", RedirectView.as_view(pattern_name="desk:conversations"), name="desk_home"),
    path("desk/conversations/", include("kurak.dialogue.conversations.desk.urls")),
    path("desk/conversations/<slug:slug>/moderation/", include("kurak.dialogue.conversations.moderation.urls")),
]
