from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "kurak.instruments"
    label = "instruments"
