from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kurak.web"
    label = "web"
