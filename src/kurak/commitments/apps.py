from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "kurak.commitments"
    label = "commitments"

    def ready(self) -> None:
        from kurak.commitments.accounts.kinds import register_kinds as register_kinds_of_accounts
        from kurak.commitments.accounts.listing.tables import TABLES as TABLES_OF_ACCOUNTS
        from kurak.commitments.accounts.models import Evidence
        from kurak.commitments.accounts.patches import offer_gaps
        from kurak.commitments.agendas.coverage import tell_of_data
        from kurak.commitments.agendas.kinds import register_kinds
        from kurak.commitments.agendas.patches import offer_own
        from kurak.commitments.agendas.tables import TABLES as TABLES_OF_AGENDAS
        from kurak.commitments.budgets.kinds import register_kinds as register_kinds_of_budgets
        from kurak.commitments.budgets.models import AnswerPhoto, BudgetFile
        from kurak.commitments.budgets.tables import TABLES as TABLES_OF_BUDGETS
        from kurak.commitments.calendar.tables import TABLES as TABLES_OF_CALENDAR
        from kurak.commitments.calendar.tasks import name_duties as name_duties_of_calendar
        from kurak.commitments.indicators.kinds import register_kinds as register_kinds_of_indicators
        from kurak.commitments.indicators.tables import TABLES as TABLES_OF_INDICATORS
        from kurak.commitments.indicators.tasks import name_duties as name_duties_of_indicators
        from kurak.commitments.left_behind import data_of
        from kurak.commitments.overviews.tables import TABLES as TABLES_OF_OVERVIEWS
        from kurak.commitments.owners import name_what_is_kept
        from kurak.commitments.reviews.kinds import register_kinds as register_kinds_of_reviews
        from kurak.commitments.reviews.tables import TABLES as TABLES_OF_REVIEWS
        from kurak.commitments.shadow.kinds import register_kinds as register_kinds_of_shadow_reports
        from kurak.ground.files.storing import name_keeper
        from kurak.ground.publishing.tables import publish

        for keeper in (Evidence, BudgetFile, AnswerPhoto):
            name_keeper(keeper)
        name_what_is_kept()
        name_duties_of_calendar()
        register_kinds_of_indicators()
        name_duties_of_indicators()
        register_kinds()
        register_kinds_of_accounts()
        register_kinds_of_budgets()
        register_kinds_of_reviews()
        for table in (
            *TABLES_OF_AGENDAS,
            *TABLES_OF_ACCOUNTS,
            *TABLES_OF_INDICATORS,
            *TABLES_OF_OVERVIEWS,
            *TABLES_OF_CALENDAR,
            *TABLES_OF_BUDGETS,
            *TABLES_OF_REVIEWS,
        ):
            publish(table)
        register_kinds_of_shadow_reports()
        offer_own()
        tell_of_data(data_of)
        offer_gaps()
