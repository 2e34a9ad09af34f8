from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "kurak.dialogue"
    label = "dialogue"
