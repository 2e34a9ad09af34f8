"""How analysts come to the desk of agendas. For everybody else its pages do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from kurak.ground.people.doors import staff_required
from kurak.ground.people.models import Person
from kurak.ground.people.rules import Role

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request as it comes through the door of the desk."""

    user: Person


def at_the_desk(view: View) -> View:
    """For analysts and coordinators with a second factor; what they see stays out of every cache."""

    @wraps(view)
    def for_staff(request: HttpRequest, *args: object, **parts: object) -> HttpResponse:
        response = view(request, *args, **parts)
        response.headers["Cache-Control"] = "no-store"
        return response

    return staff_required(Role.ANALYST)(for_staff)
