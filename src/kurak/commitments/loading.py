"""The agendas that come with the platform, brought in from their files. Doing it twice is doing it once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils import translation

from kurak.commitments.agendas import queries
from kurak.commitments.agendas.actions import bring_agenda
from kurak.commitments.agendas.models import Agenda
from kurak.ground.errors import Refused
from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.definitions.yaml_text import written

SHIPPED = Path(__file__).parent / "agendas/shipped"


def load_agendas() -> tuple[list[Agenda], list[str]]:
    """What was brought or renewed, and what could not be: a file with mistakes keeps nothing else out. A file that was
    brought as it is now is not read again."""
    brought, problems = [], []
    with translation.override("en"):
        for name, text, digest in _changed():
            try:
                brought.append(_brought(text, digest))
            except (Misdeclared, Refused) as problem:
                problems.append(f"{name}: {problem}")
    return brought, problems


def _brought(text: str, digest: str) -> Agenda:
    document: dict[str, Any] = written(text).document
    agenda, missing = bring_agenda(document=document, shipped=True, strict=False)
    if missing:
        raise Refused("agenda.leads", f"it leads to what is not here: {', '.join(missing[:5])}")
    Agenda.objects.filter(pk=agenda.pk).update(file_sha256=digest)
    return agenda


def _changed() -> Iterator[tuple[str, str, str]]:
    """(name, text, digest) of the files that are not on the platform as they are, in the order of their names."""
    kept = set(queries.published().filter(shipped=True).values_list("file_sha256", flat=True))
    for file in sorted(SHIPPED.glob("*.yaml")):
        body = file.read_bytes()
        digest = hashlib.sha256(body).hexdigest()
        if digest not in kept:
            yield file.name, body.decode(), digest
