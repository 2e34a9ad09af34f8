"""The room's pages."""

from django.urls import include, path

urlpatterns = [path("conversations/", include("kurak.dialogue.conversations.urls"))]
