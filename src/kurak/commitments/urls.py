"""The room's pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/agendas/", include("kurak.commitments.agendas.desk.urls")),
    path("agendas/", include("kurak.commitments.agendas.urls")),
    path("desk/accounts/", include("kurak.commitments.accounts.desk.urls")),
    path("accounts/", include("kurak.commitments.accounts.urls")),
    path("desk/budgets/", include("kurak.commitments.budgets.desk.urls")),
    path("budgets/", include("kurak.commitments.budgets.urls")),
    path("reviews/", include("kurak.commitments.reviews.urls")),
    path("shadow-reports/", include("kurak.commitments.shadow.urls")),
    path("desk/calendar/", include("kurak.commitments.calendar.desk.urls")),
    path("calendar/", include("kurak.commitments.calendar.urls")),
    path("desk/indicators/", include("kurak.commitments.indicators.offering.urls")),
    path("indicators/", include("kurak.commitments.indicators.urls")),
    path("commitments/", include("kurak.commitments.overviews.urls")),
]
