from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "kurak.ground"
    label = "ground"

    def ready(self) -> None:
        from kurak.ground.duties import name_duty, put_back_orphans, try_failed_again
        from kurak.ground.measures.kinds import register_kinds
        from kurak.ground.safety import retention

        register_kinds()
        name_duty("put back orphaned tasks", put_back_orphans, every=60)
        name_duty("try failed tasks again", try_failed_again, every=60)
        name_duty("end what was kept long enough", retention.apply, every=3600)
