"""How private each stored field is. Every room sorts its own in `<room>/privacy.py`; a test fails for a field in none.

public: may be shown to everybody. private: for staff who need it, or for its owner; counts only through the guard.
secret: opens something or names somebody who was promised not to be named; never shown, never exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Sorted:
    """The fields of one model, as words separated by spaces."""

    public: str = ""
    private: str = ""
    secret: str = ""
    why: str = ""  # what a reader should know about the private and secret ones

    def items(self) -> Iterator[tuple[str, str]]:
        for name in ("public", "private", "secret"):
            yield from ((field, name) for field in getattr(self, name).split())

    def __add__(self, other: Sorted) -> Sorted:
        joined = {
            name: f"{getattr(self, name)} {getattr(other, name)}".strip() for name in ("public", "private", "secret")
        }
        return Sorted(**joined, why=self.why)


# What django-simple-history adds to a model's own fields.
HISTORY = Sorted(private="history_id history_date history_change_reason history_type history_user")


def models() -> Iterator[type[Model]]:
    """Every model of our rooms, histories and joining tables among them."""
    for room in apps.get_app_configs():
        if room.name.startswith("kurak."):
            yield from room.get_models(include_auto_created=True)


def sorted_fields(model: type[Model]) -> dict[str, str]:
    """{field: public, private or secret}. A history is sorted like what it is the history of."""
    declared = _declared(model._meta.app_config.name if model._meta.app_config else "")
    name = model.__name__
    if name.startswith("Historical") and name not in declared:
        kept = {field.name for field in model._meta.get_fields()}  # a history may leave fields out
        both = declared[name.removeprefix("Historical")] + HISTORY
        return {field: how for field, how in both.items() if field in kept}
    return dict(declared[name].items()) if name in declared else {}


def why(model: type[Model]) -> str:
    declared = _declared(model._meta.app_config.name if model._meta.app_config else "")
    found = declared.get(model.__name__.removeprefix("Historical"))
    return found.why if found else ""


def _declared(room: str) -> dict[str, Sorted]:
    found: dict[str, Sorted] = import_module(f"{room}.privacy").FIELDS if find_spec(f"{room}.privacy") else {}
    return found
