"""The agendas that come with the platform, brought in from their files. Doing it twice is doing it once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from kurak.commitments.agendas.actions import bring_agenda
from kurak.commitments.agendas.models import Agenda
from kurak.ground.errors import Refused
from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.definitions.yaml_text import written

SHIPPED = Path(__file__).parent / "agendas/shipped"


def load_agendas(folder: Path = SHIPPED) -> tuple[list[Agenda], list[str]]:
    """What was brought or renewed, and what could not be: a file with mistakes keeps nothing else out. A file that was
    brought as it is now is not read again; one that leads to agendas of a later file is brought again at the end."""
    brought: list[Agenda] = []
    problems: list[str] = []
    again: list[tuple[str, bytes]] = []
    with translation.override("en"):
        for name, body in _changed(folder):
            if _tried(name, body, brought, problems):
                again.append((name, body))
        for name, body in again:
            for lead in _tried(name, body, [], problems):
                problems.append(f"{name}: {lead} leads to nothing that is here")
    return brought, problems


def _tried(name: str, body: bytes, brought: list[Agenda], problems: list[str]) -> list[str]:
    """What the file leads to and is not here yet."""
    try:
        with transaction.atomic():
            agendas, missing = _brought(body.decode(), hashlib.sha256(body).hexdigest())
    except (Misdeclared, Refused) as problem:
        problems.append(f"{name}: {problem}")
        return []
    brought += agendas
    return missing


def _brought(text: str, digest: str) -> tuple[list[Agenda], list[str]]:
    document: dict[str, Any] = written(text).document
    found = [bring_agenda(document=each, shipped=True, strict=False) for each in document.get("agendas") or [document]]
    missing = [lead for _agenda, leads in found for lead in leads]
    if not missing:
        Agenda.objects.filter(pk__in=[agenda.pk for agenda, _leads in found]).update(file_sha256=digest)
    return [agenda for agenda, _leads in found], missing


def _changed(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the files that are not on the platform as they are, in the order of their names."""
    kept = set(Agenda.objects.filter(shipped=True).values_list("file_sha256", flat=True))
    for file in sorted(folder.glob("*.yaml")):
        body = file.read_bytes()
        if hashlib.sha256(body).hexdigest() not in kept:
            yield file.name, body
