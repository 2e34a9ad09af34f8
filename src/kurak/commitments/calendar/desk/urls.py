"""/desk/calendar/"""

from django.urls import path

from kurak.commitments.calendar.desk import views

app_name = "calendar_desk"

urlpatterns = [
    path("", views.due, name="due"),
    path("<int:pk>/", views.change, name="change"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
