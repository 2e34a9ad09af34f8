"""What the pages of agendas show, put together in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.commitments.agendas import queries, rules, trees
from kurak.commitments.agendas.coverage import coverage
from kurak.commitments.agendas.declared import Fact, Kind, Status, kind_called, kinds
from kurak.commitments.agendas.exchange.writing import FORMS
from kurak.commitments.agendas.models import (
    Agenda,
    Commitment,
    Crosswalk,
    Level,
    Participation,
    Provision,
    Version,
)
from kurak.commitments.agendas.patches import patchwork
from kurak.commitments.agendas.roadmaps import roadmap
from kurak.ground.errors import Missing
from kurak.ground.languages.folding import fold
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, in_order, place_called
from kurak.ground.publishing.citing import Citation
from kurak.ground.trail.kinds import reference
from kurak.instruments.catalogue.texts import text_of

WORDS = {
    "title": _l("Title"), "text": _l("Text"), "kind": _l("Kind"), "place": _l("Place"), "about": _l("Facts"),
    "holds_from": _l("Holds from"), "holds_until": _l("Holds until"), "verified": _l("Compared with the source"),
    "parent": _l("Inside"), "serves": _l("Serves"), "rests_on": _l("Rests on"), "localises": _l("Brings closer"),
    "same": _l("Says the same as"),
}  # fmt: skip
MOST_INSIDE = 60  # of a part, on one page
MOST_LISTED = 400  # parts under a patchwork of commitments
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
    sewn = patchwork(agenda, by)
    return {
        "agenda": agenda,
        "kind": kind,
        "versions": list(queries.versions_of(agenda)),
        "sewn": sewn,
        "tree": list(queries.provisions_of(agenda)[:MOST_LISTED]) if sewn.of_commitments else [],
        "participations": list(queries.participations_of(agenda)),
        "forms": [(form, "SDMX" if form == "xml" else form.upper()) for form in FORMS],
        "may_edit": rules.may_edit(person, agenda),
        "trail": reference(agenda),
    }


def provision_page(provision: Provision, person: Any, *, asked: Any = 1, by: str = "") -> dict[str, Any]:
    agenda = provision.agenda
    kind = kind_called(agenda.kind)
    inside = provision.children.filter(ended=False)
    return {
        "agenda": agenda,
        "provision": provision,
        "kind": kind,
        "part": kind.part_called(provision.kind),
        "above": above(provision),
        "inside": Paginator(inside, MOST_INSIDE).get_page(asked),
        "sewn": patchwork(agenda, by, inside=provision),
        "facts": facts_of(provision),
        "leads": links(provision.leads_to.select_related("end__agenda")),
        "reached": links(provision.reached_from.filter(start__ended=False).select_related("start__agenda")),
        "promised": [(each, status_of(each)) for each in queries.commitments_of(provision)],
        "may_edit": rules.may_edit(person, agenda),
        "may_link": rules.may_edit(person, agenda) or rules.may_keep(person, agenda.place),
        "relations": Crosswalk.Relation.choices,
        "own": list(queries.kept_by(person).exclude(pk=agenda.pk)[:MOST_INSIDE]) if person.is_authenticated else [],
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
        "roadmap": roadmap(commitment, list(queries.steps_of(commitment)), today=timezone.now().date()),
        "changes": list(queries.states_of(commitment)[:20]),
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


# Versions


def shown_lines(before: Mapping[str, Any], after: Mapping[str, Any], agenda: Agenda) -> list[dict[str, Any]]:
    """Two trees line by line, in words."""
    kind = kind_called(agenda.kind)
    return [_line(line, kind) for line in trees.compared(before, after)]


def _line(line: trees.Line, kind: Kind) -> dict[str, Any]:
    node = line.now or line.was or {}
    changes = [(_word(change.what), _said(change.what, change.before), _said(change.what, change.after))
               for change in line.changes]  # fmt: skip
    return {"line": line, "title": text_of(node.get("title")), "part": kind.part(line.depth), "changes": changes,
            "was": text_of((line.was or {}).get("title")), "indent": f"indent-{min(line.depth, 4)}"}  # fmt: skip


def _word(what: str) -> str:
    return str(WORDS.get(what, what))


def _said(what: str, value: Any) -> str:
    """A value of the document as a reader sees it; of texts, every language that it is in."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(str(each.get("to")) if isinstance(each, Mapping) else str(each) for each in value)
    return str(value)


def counted(lines: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """How many lines are new, ended, changed, moved."""
    many = Counter(each["line"].kind for each in lines)
    words = {
        "added": _("new"),
        "removed": _("ended"),
        "changed": _("changed"),
        "moved": _("moved"),
        "same": _("the same"),
    }
    return [(word, many[kind]) for kind, word in words.items() if many[kind]]


def version_page(version: Version) -> dict[str, Any]:
    agenda = version.agenda
    kind = kind_called(agenda.kind)
    rows = [(each, text_of(each.node.get("title")), text_of(each.node.get("text")), f"indent-{min(each.depth, 4)}")
            for each in trees.placed(version.document)[:MOST_LISTED]]  # fmt: skip
    newest = queries.newest_of(agenda)
    return {
        "agenda": agenda,
        "kind": kind,
        "version": version,
        "rows": rows,
        "is_newest": newest == version,
        "more": max(0, len(trees.placed(version.document)) - MOST_LISTED),
    }


# Across agendas


def coverage_page(code: str, where: str, person: Any) -> dict[str, Any]:
    """Of the agenda asked for; of the goals where none is."""
    offered = [
        each for each in queries.published().order_by("code") if each.level != Level.LOCAL and each.kind in COVERED
    ]
    agenda = queries.agenda_called(code, person=person) if code else next(
        (each for each in offered if each.kind == "sdg"), offered[0] if offered else None
    )  # fmt: skip
    if agenda is None:
        return {"agenda": None}
    place = place_called(where) if where else None
    if place is not None and place.kind != Place.Kind.COUNTRY:
        raise Missing("coverage.country", _("Coverage is told country by country."), asked=where)
    kind = kind_called(agenda.kind)
    return {"agenda": agenda, "kind": kind, "offered": offered, "found": coverage(agenda, place),
            "levels": dict(Level.choices)}  # fmt: skip


COVERED = ("sdg", "vision", "treaty", "programme", "roadmap", "climate")


def treaties_page() -> dict[str, Any]:
    language = get_language() or "en"
    shown = in_order(countries(), language)
    rows = Participation.objects.filter(verified=True).exclude(agenda__status=Agenda.Status.DRAFT)
    told: dict[int, dict[int, Participation]] = {}
    for each in rows.select_related("agenda"):
        told.setdefault(each.agenda_id, {})[each.place_id] = each
    agendas = queries.published().filter(pk__in=told)
    ordered = sorted(agendas, key=lambda each: fold(str(each.title.into(language))))
    matrix = [(each, [told[each.pk].get(place.pk) for place in shown]) for each in ordered]
    bound = [[cell is not None and cell.status == "party" for cell in cells] for _agenda, cells in matrix]
    parties = [sum(row[at] for row in bound) for at in range(len(shown))]
    return {"places": shown, "matrix": matrix, "parties": parties, "of": len(matrix)}
