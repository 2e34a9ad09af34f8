"""Files come in: an agenda as a whole, or commitments to one that is here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kurak.commitments.agendas.actions import bring_agenda
from kurak.commitments.agendas.checking import Unfit, problems_of_commitments
from kurak.commitments.agendas.exchange.reading import read, read_commitments
from kurak.commitments.agendas.models import Agenda
from kurak.commitments.agendas.promising.actions import bring_commitments
from kurak.ground.people.models import Person


@transaction.atomic
def import_agenda(*, content: bytes, head: Mapping[str, Any], by: Person | None, **how: Any) -> Agenda:
    """All of the file or nothing. head and how: exchange.reading.read."""
    return bring_agenda(document=read(content, head, **how), by=by)[0]


@transaction.atomic
def import_commitments(
    *,
    content: bytes,
    agenda: Agenda,
    by: Person | None,
    columns: Mapping[str, str] | None = None,
    language: str = "en",
) -> int:
    """Commitments of a table; those that are here already, by their code, are changed. Returns how many there were."""
    mapped = read_commitments(content, columns=columns, language=language)
    if problems := mapped.located(problems_of_commitments(mapped.document, agenda.kind)):
        raise Unfit(sorted(problems, key=lambda each: each.line))
    bring_commitments(agenda=agenda, given=mapped.document["commitments"], by=by)
    return len(mapped.document["commitments"])
