"""Where files lie: under their SHA-256, in a folder that no page and no server of static files reaches.

Rows of several rooms may stand on the same file: each room says which of its models name files (`name_keeper`), and a
file is deleted only when no row of any of them names it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model

FOLDER = "evidence"
_keepers: dict[type[Model], str] = {}


def name_keeper(model: type[Model], field: str = "sha256") -> None:
    """Rows of this model name kept files, in this field."""
    _keepers[model] = field


def path_of(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def keep(data: bytes) -> str:
    """Stores the bytes once; returns their SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not default_storage.exists(path_of(sha256)):
        default_storage.save(path_of(sha256), ContentFile(data))
    return sha256


def open_file(sha256: str) -> IO[bytes]:
    return default_storage.open(path_of(sha256), "rb")


def drop_unused(digests: Iterable[str]) -> int:
    """Deletes the files among these that no row names any more; how many."""
    wanted = {each for each in digests if each}
    used: set[str] = set()
    for model, field in _keepers.items():
        used |= set(model._default_manager.filter(**{f"{field}__in": wanted}).values_list(field, flat=True))
    for sha256 in wanted - used:
        default_storage.delete(path_of(sha256))
    return len(wanted - used)
