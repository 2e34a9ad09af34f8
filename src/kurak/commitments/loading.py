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
    brought as it is now is not read again; one that leads to agendas of a later file waits for it."""
    brought: list[Agenda] = []
    problems: list[str] = []
    waiting = list(_changed(folder))
    with translation.override("en"):
        while waiting:
            left = [each for each in waiting if not _tried(*each, brought, problems)]
            if len(left) == len(waiting):  # they lead to each other, or to what is not here at all
                for _round in range(2):
                    told = {name: _brought_as_it_is(body, brought) for name, body in left}
                problems += [f"{name}: {lead} leads to nothing that is here" for name in told for lead in told[name]]
                break
            waiting = left
    return brought, problems


def _tried(name: str, body: bytes, brought: list[Agenda], problems: list[str]) -> bool:
    """Whether the file needs not be tried again: it was brought, or has mistakes. One that leads to what is not here
    yet is taken back and waits."""
    try:
        with transaction.atomic():
            agendas, missing = _brought(body)
            if missing:
                transaction.set_rollback(True)
                return False
    except (Misdeclared, Refused) as problem:
        problems.append(f"{name}: {problem}")
        return True
    brought += agendas
    return True


def _brought_as_it_is(body: bytes, brought: list[Agenda]) -> list[str]:
    """Without the links that lead nowhere, which are returned."""
    agendas, missing = _brought(body)
    brought += [each for each in agendas if each not in brought]
    return missing


def _brought(body: bytes) -> tuple[list[Agenda], list[str]]:
    document: dict[str, Any] = written(body.decode()).document
    found = [bring_agenda(document=each, shipped=True, strict=False) for each in document.get("agendas") or [document]]
    missing = [lead for _agenda, leads in found for lead in leads]
    if not missing:
        digest = hashlib.sha256(body).hexdigest()
        Agenda.objects.filter(pk__in=[agenda.pk for agenda, _leads in found]).update(file_sha256=digest)
    return [agenda for agenda, _leads in found], missing


def _changed(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the files that are not on the platform as they are, in the order of their names."""
    kept = set(Agenda.objects.filter(shipped=True).values_list("file_sha256", flat=True))
    for file in sorted(folder.glob("*.yaml")):
        body = file.read_bytes()
        if hashlib.sha256(body).hexdigest() not in kept:
            yield file.name, body
