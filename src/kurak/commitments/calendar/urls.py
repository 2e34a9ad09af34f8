"""/calendar/"""

from django.urls import path

from kurak.commitments.calendar import views

app_name = "calendar"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("due.ics", views.calendar, name="ics"),
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/<int:pk>/", views.forget, name="forget"),
]
