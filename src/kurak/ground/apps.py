from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "kurak.ground"
    label = "ground"
