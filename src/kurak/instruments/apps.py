from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "kurak.instruments"
    label = "instruments"

    def ready(self) -> None:
        from kurak.ground.files.storing import name_keeper
        from kurak.ground.publishing.tables import publish
        from kurak.instruments.assessments.kinds import register_kinds as register_kinds_of_assessments
        from kurak.instruments.assessments.models import Evidence
        from kurak.instruments.assessments.tasks import name_duties
        from kurak.instruments.catalogue.kinds import register_kinds
        from kurak.instruments.catalogue.tables import TABLES
        from kurak.instruments.results.kinds import register_kinds as register_kinds_of_results
        from kurak.instruments.results.tables import TABLES as TABLES_OF_RESULTS

        name_keeper(Evidence)
        register_kinds()
        register_kinds_of_assessments()
        register_kinds_of_results()
        name_duties()
        for table in (*TABLES, *TABLES_OF_RESULTS):
            publish(table)
