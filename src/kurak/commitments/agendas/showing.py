"""What the pages of agendas show, put together in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from kurak.commitments.agendas import queries, rules
from kurak.commitments.agendas.declared import Fact, Status, kind_called, kinds
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Provision
from kurak.commitments.agendas.patches import patchwork
from kurak.ground.languages.folding import fold
from kurak.ground.publishing.citing import Citation
from kurak.ground.trail.kinds import reference

type Thing = Agenda | Provision | Commitment


def overview(asked: Mapping[str, Any]) -> dict[str, Any]:
    from kurak.commitments.agendas.forms import Filters

    filters = Filters(asked)
    rows = list(queries.counted(queries.found(**filters.asked)))
    language = get_language() or "en"
    rows.sort(key=lambda each: (list(kinds()).index(each.kind), fold(str(each.title.into(language)))))
    grouped: dict[str, list[Agenda]] = {}
    for each in rows:
        grouped.setdefault(each.kind, []).append(each)
    by_kind = [(kind_called(code), of_kind) for code, of_kind in grouped.items()]
    return {"filters": filters, "by_kind": by_kind, "many": len(rows), "asked": any(filters.asked.values())}


def agenda_page(agenda: Agenda, person: Any, *, by: str = "") -> dict[str, Any]:
    kind = kind_called(agenda.kind)
    return {
        "agenda": agenda,
        "kind": kind,
        "versions": list(queries.versions_of(agenda)),
        "sewn": patchwork(agenda, by),
        "participations": list(queries.participations_of(agenda)),
        "may_edit": rules.may_edit(person, agenda),
        "trail": reference(agenda),
    }


def provision_page(provision: Provision, person: Any) -> dict[str, Any]:
    agenda = provision.agenda
    kind = kind_called(agenda.kind)
    inside = list(provision.children.filter(ended=False))
    return {
        "agenda": agenda,
        "provision": provision,
        "kind": kind,
        "part": kind.part_called(provision.kind),
        "above": above(provision),
        "inside": inside,
        "facts": facts_of(provision),
        "leads": links(provision.leads_to.select_related("end__agenda")),
        "reached": links(provision.reached_from.filter(start__ended=False).select_related("start__agenda")),
        "promised": [(each, status_of(each)) for each in queries.commitments_of(provision)],
        "may_edit": rules.may_edit(person, agenda),
        "trail": reference(provision),
    }


def above(provision: Provision) -> list[Provision]:
    """From the top of the tree down to what the provision stands in."""
    found = []
    here = provision.parent
    while here is not None:
        found.append(here)
        here = here.parent
    return found[::-1]


def facts_of(provision: Provision) -> list[tuple[Fact, Any]]:
    kind = kind_called(provision.agenda.kind)
    return [
        (fact, provision.about[fact.code]) for fact in kind.facts if provision.about.get(fact.code) not in (None, "")
    ]


def links(rows: Any) -> list[Crosswalk]:
    """Without those that lead into somebody's draft."""
    draft = Agenda.Status.DRAFT
    return [each for each in rows if draft not in {each.start.agenda.status, each.end.agenda.status}]


def status_of(commitment: Commitment) -> Status:
    return kind_called(commitment.agenda.kind).status(commitment.status)


def commitment_page(commitment: Commitment, person: Any) -> dict[str, Any]:
    agenda = commitment.agenda
    return {
        "agenda": agenda,
        "commitment": commitment,
        "kind": kind_called(agenda.kind),
        "status": status_of(commitment),
        "is_late": is_late(commitment),
        "provisions": list(commitment.provisions.select_related("agenda")),
        "partners": list(commitment.partners.all()),
        "steps": list(queries.steps_of(commitment)),
        "changes": list(commitment.history.order_by("-history_id")[:50]),
        "may_edit": rules.may_edit(person, commitment),
        "trail": reference(commitment),
    }


def is_late(commitment: Commitment) -> bool:
    """The deadline has passed and the status is still open."""
    today = timezone.now().date()
    return commitment.deadline is not None and commitment.deadline < today and not status_of(commitment).closed


def citation_of(thing: Thing, url: str) -> Citation:
    language = get_language() or "en"
    agenda = thing if isinstance(thing, Agenda) else thing.agenda
    newest = queries.newest_of(agenda)
    title = str(agenda.title.into(language))
    if not isinstance(thing, Agenda):
        title = f"{title}, {thing.code}: {thing.title.into(language)}"
    day = newest.published_at.date() if newest and newest.published_at else timezone.now().date()
    version = str(newest.number) if newest else ""
    return Citation(title=title, published=day, url=url, version=version, licence=agenda.licence or "CC-BY-4.0")
