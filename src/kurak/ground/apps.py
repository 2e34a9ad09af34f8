from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "kurak.ground"
    label = "ground"

    def ready(self) -> None:
        from kurak.ground.measures.kinds import register_kinds

        register_kinds()
