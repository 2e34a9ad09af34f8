"""The kinds of thing that a trail leads through. Every room registers its own (`AppConfig.ready`): how a kind is found,
named, linked, and who may see it. What no room has registered cannot be shown: there the walk stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kurak.ground.errors import Refused

LARGEST = 2**63 - 1  # of the database's whole numbers


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing in the trail: its kind and its key within the kind."""

    kind: str
    key: str


def everybody(_thing: Any, _person: Any) -> bool:
    return True


def nowhere(_thing: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    code: str  # measure, source, edition, statement, ...
    word: str | Promise  # what a reader calls it
    model: type[Model]
    find: Callable[[Sequence[str]], Mapping[str, Any]]  # many at once: keys to things, missing ones left out
    title: Callable[[Any], str]
    url: Callable[[Any], str] = nowhere
    may_see: Callable[[Any, Any], bool] = everybody  # (thing, person or None)
    key: Callable[[Any], str] = lambda thing: str(thing.pk)


_registered: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _registered[kind.code] = kind


def kind_of(code: str) -> Kind | None:
    return _registered.get(code)


def reference(thing: Any) -> Reference:
    """How the trail names a thing."""
    if isinstance(thing, Reference):
        return thing
    for kind in _registered.values():
        if isinstance(thing, kind.model):
            return Reference(kind.code, kind.key(thing))
    raise Refused(
        "trail.unknown_kind",
        _("No room has said how this kind of thing is shown. Register it with the trail."),
        kind=type(thing).__name__,
    )


def is_pk(key: str) -> bool:
    """Whether a key may be a primary key: addresses are typed by anybody.

    >>> is_pk("12"), is_pk("none"), is_pk("9" * 30)
    (True, False, False)
    """
    return key.isascii() and key.isdigit() and len(key) < 20 and int(key) <= LARGEST


def by_pk(model: type[Model], *related: str) -> Callable[[Sequence[str]], Mapping[str, Any]]:
    """A `find` for rows whose key is their primary key."""

    def find(keys: Sequence[str]) -> Mapping[str, Any]:
        rows = model._default_manager.filter(pk__in=[int(key) for key in keys if is_pk(key)])
        return {str(row.pk): row for row in (rows.select_related(*related) if related else rows)}

    return find
