"""What a shadow report says on the day it is assembled, as plain data: it can be frozen, hashed and compared.

Every text keeps the languages it has; every account names its evidence. Nothing that is not approved gets in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from kurak.commitments.accounts import queries as accounts
from kurak.commitments.accounts.models import Account, Grader, Question
from kurak.commitments.accounts.scales.files import scales
from kurak.commitments.accounts.summing import gap, summed
from kurak.commitments.accounts.things import Thing, of_commitment, of_provision
from kurak.commitments.agendas.models import Provision
from kurak.commitments.agendas.queries import branch_of, commitments
from kurak.commitments.shadow.models import Section, ShadowReport
from kurak.ground.errors import Refused
from kurak.ground.languages.text import Text
from kurak.ground.places.models import Place

VERSION = 1
# In this order they stand under a provision: what is claimed, what was found, what was graded.
ORDER = (Grader.STATE, Grader.CIVIL, Grader.BODY, Grader.EXPERT)


def assembled(report: ShadowReport) -> dict[str, Any]:
    sections = report.sections.select_related("provision__agenda__place", "provision__place")
    return {
        "version": VERSION,
        "code": report.code,
        "title": report.title.as_json(),
        "agenda": {"code": report.agenda.code, "title": report.agenda.title.as_json()},
        "place": {"code": report.place.code, "names": report.place.names},
        "start": report.start.isoformat(),
        "end": report.end.isoformat(),
        "addressee": report.addressee,
        "signed": signatures(report),
        "sections": [_section(each, report) for each in sections],
        "assembled_on": timezone.now().date().isoformat(),
    }


def signatures(report: ShadowReport) -> list[dict[str, Any]]:
    """Names of the organisations that have signed; of the others nothing is printed."""
    signed = report.coalition.filter(signed_at__isnull=False).select_related("organisation")
    return [{"slug": each.organisation.slug, "name": each.organisation.name.as_json()} for each in signed]


def sha256_of(document: dict[str, Any]) -> str:
    """Of everything but the day: assembled twice from the same accounts, it is the same."""
    timeless = {key: value for key, value in document.items() if key != "assembled_on"}
    return hashlib.sha256(json.dumps(timeless, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _section(section: Section, report: ShadowReport) -> dict[str, Any]:
    told: dict[str, Any] = {
        "heading": section.heading.as_json(),
        "body": section.body.as_json() if section.body else None,
    }
    if section.provision is not None:
        told["provision"] = {"code": section.provision.code, "title": section.provision.title.as_json()}
        told["findings"] = [
            finding for thing in things_of(section.provision, report.place) if (finding := _finding(thing, report))
        ]
    return told


def things_of(provision: Provision, place: Place) -> list[Thing]:
    """The provision with what is inside it, and the commitments made to it at the place or inside it."""
    rows = Provision.objects.filter(pk__in=branch_of(provision), ended=False).select_related("agenda__place", "place")
    found = []
    for row in rows.order_by("position"):
        try:
            found.append(of_provision(row, place))
        except Refused:  # a recommendation to another state
            continue
    inside = place.descendants(include_self=True).values_list("pk", flat=True)
    made = commitments().filter(provisions__in=[row.pk for row in rows], place__in=list(inside)).distinct()
    return [*found, *(of_commitment(each) for each in made.order_by("agenda__code", "code"))]


def _finding(thing: Thing, report: ShadowReport) -> dict[str, Any] | None:
    """None where nobody has said or asked anything within the period."""
    said = accounts.of_thing(thing).filter(start__lte=report.end, end__gte=report.start)
    by_grader = {grader: [each for each in said if each.grader == grader] for grader in ORDER}
    asked = [each for each in accounts.questions_of(thing) if each.withdrawn_at is None]
    if not asked and not any(by_grader.values()):
        return None
    apart = gap(summed(by_grader[Grader.STATE]), summed(by_grader[Grader.CIVIL]))
    return {
        "word": thing.word,
        "code": thing.code,
        "title": thing.title.as_json(),
        "accounts": [_account(each) for grader in ORDER for each in by_grader[grader]],
        "questions": [_question(each) for each in asked],
        "gap": apart.value,
        "gap_firm": apart.firm,
    }


def _account(account: Account) -> dict[str, Any]:
    scale = scales()[account.scale]
    step = scale.step(account.value) if account.value else None
    return {
        "id": account.pk,
        "grader": account.grader,
        "who": account.organisation.name.as_json() if account.organisation else None,
        "said_by": account.said_by,
        "first_hand": account.first_hand,
        "start": account.start.isoformat(),
        "end": account.end.isoformat(),
        "scale": scale.title.as_json(),
        "value": account.value,
        "step": step.title.as_json() if step else None,
        "confidence": account.confidence,
        "text": account.text.as_json() if account.text else None,
        "evidence": [_piece(each) for each in account.evidence.all()],
        "replies": [_reply(each) for each in account.replies.all() if each.words],
    }


def _piece(piece: Any) -> dict[str, Any]:
    kept = ("title", "page", "url", "copy_url", "sha256")
    told = {name: getattr(piece, name) for name in kept if getattr(piece, name)}
    return {**told, "measure": piece.measure_id} if piece.measure_id else told


def _reply(reply: Any) -> dict[str, Any]:
    return {
        "who": reply.organisation.name.as_json(),
        "text": reply.words.as_json(),
        "on": reply.said_at.date().isoformat(),
    }


def _question(question: Question) -> dict[str, Any]:
    return {"id": question.pk, "text": question.text.as_json()}


def account_numbers(document: dict[str, Any]) -> list[int]:
    """What the report stands on."""
    return [account["id"] for finding in _findings(document) for account in finding["accounts"]]


def languages_of(document: dict[str, Any]) -> set[str]:
    """In which somebody's words in it were written, or translated."""
    return {code for text in _texts(document) for code in (text["language"], *text["translations"])}


def _findings(document: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return (finding for section in document["sections"] for finding in section.get("findings", ()))


def _texts(value: Any) -> Iterable[dict[str, Any]]:
    if isinstance(value, dict):
        if {"language", "body", "translations"} <= set(value):
            yield value
        else:
            for each in value.values():
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def text_of(stored: dict[str, Any] | None) -> Text | None:
    return Text.from_json(stored) if stored else None
