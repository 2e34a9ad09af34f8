from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "kurak.ground"
    label = "ground"

    def ready(self) -> None:
        from kurak.ground.duties import move_log_along, name_duty, put_back_orphans, try_failed_again
        from kurak.ground.languages import tables as languages
        from kurak.ground.measures import tables as measures
        from kurak.ground.measures.kinds import register_kinds
        from kurak.ground.places import tables as places
        from kurak.ground.publishing.tables import publish
        from kurak.ground.safety import retention
        from kurak.ground.themes import tables as themes

        name_duty("move the log along", move_log_along, every=1)
        name_duty("put back orphaned tasks", put_back_orphans, every=60)
        name_duty("try failed tasks again", try_failed_again, every=60)
        name_duty("end what was kept long enough", retention.apply, every=3600)
        register_kinds()
        own = (places.TABLE, themes.TABLE, languages.TABLE, measures.MEASURES, measures.QUANTITIES, measures.SOURCES)
        for table in own:
            publish(table)
