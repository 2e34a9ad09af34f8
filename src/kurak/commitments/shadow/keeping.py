"""Files of editions, kept on disk for a while: anybody may ask for them, and each takes a second to write."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.cache import caches

from kurak.commitments.shadow.models import FrozenReport
from kurak.ground.papers.paper import Paper

KEPT_FOR = 60 * 60 * 24
VERSION = 1  # of how papers are written


def kept(edition: FrozenReport, form: str, paper: Paper, write: Callable[[Paper], bytes]) -> bytes:
    """The file; written anew when a day has passed, or when its words or their translation have changed."""
    cache = caches["charts"]
    name = _name(edition)
    files: dict[str, bytes] = cache.get(name) or {}
    key = hashlib.sha256(repr((VERSION, form, paper)).encode("utf-8", "surrogatepass")).hexdigest()
    if key not in files:
        files = {**dict(list(files.items())[-MOST:]), key: write(paper)}
        cache.set(name, files, KEPT_FOR)
    return files[key]


MOST = 19  # files of one edition: two forms in ten languages


def forget(edition: FrozenReport) -> None:
    """An edition that was taken back, because somebody may be in danger, lies in no cache."""
    caches["charts"].delete(_name(edition))


def _name(edition: FrozenReport) -> str:
    return f"shadow-report-{edition.pk}-{edition.sha256}"
