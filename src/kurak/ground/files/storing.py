"""Where files lie: under their SHA-256, in a folder that no page and no server of static files reaches.

Rows of several rooms may stand on the same file: each room says which of its models name files (`name_keeper`), and a
file is deleted only when no row of any of them names it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model

FOLDER = "evidence"
BATCH = 200
_keepers: dict[type[Model], str] = {}


def name_keeper(model: type[Model], field: str = "sha256") -> None:
    """Rows of this model name kept files, in this field."""
    _keepers[model] = field


def path_of(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def keep(data: bytes) -> str:
    """Stores the bytes once; returns their SHA-256. What a machine that went down left half written is written anew."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if default_storage.exists(path) and default_storage.size(path) != len(data):
        default_storage.delete(path)
    if not default_storage.exists(path):
        saved = default_storage.save(path, ContentFile(data))
        if saved != path:  # somebody kept the same bytes in the same moment
            default_storage.delete(saved)
    return sha256


def open_file(sha256: str) -> IO[bytes]:
    return default_storage.open(path_of(sha256), "rb")


def drop_unused(digests: Iterable[str]) -> int:
    """Deletes the files among these that no row names any more; how many. A row that comes to name one meanwhile gets
    it back: whoever writes such a row keeps the bytes once more when it is written (`keep` after the commit)."""
    wanted = {each for each in digests if each}
    dropped = 0
    for sha256 in wanted - named(wanted):
        if not default_storage.exists(path_of(sha256)):
            continue
        with open_file(sha256) as file:
            data = file.read()
        default_storage.delete(path_of(sha256))
        if named({sha256}):
            keep(data)
        else:
            dropped += 1
    return dropped


def named(digests: Iterable[str]) -> set[str]:
    """Those that a row of any keeper names."""
    found: set[str] = set()
    for model, field in _keepers.items():
        found |= set(model._default_manager.filter(**{f"{field}__in": digests}).values_list(field, flat=True))
    return found


def drop_forgotten(before: dt.datetime) -> int:
    """Deletes files older than that which no row names: their row was never written, or went without them."""
    forgotten = [sha256 for sha256, kept_at in _all() if kept_at < before]
    return sum(drop_unused(forgotten[at : at + BATCH]) for at in range(0, len(forgotten), BATCH))


def _all() -> Iterator[tuple[str, dt.datetime]]:
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield name, default_storage.get_modified_time(f"{FOLDER}/{folder}/{name}")
