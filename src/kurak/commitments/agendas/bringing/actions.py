"""A document becomes rows: provisions keep theirs by their code, from version to version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kurak.commitments.agendas import trees
from kurak.commitments.agendas.checking import day_of
from kurak.commitments.agendas.declared import kind_called
from kurak.commitments.agendas.models import Agenda, Crosswalk, Participation, Provision
from kurak.ground.errors import Refused
from kurak.ground.languages.folding import fold
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Person
from kurak.ground.places.models import Place
from kurak.ground.trail.actions import lay, lay_alike, lift
from kurak.ground.trail.models import Footing
from kurak.instruments.catalogue.texts import text_of

Relation = Crosswalk.Relation
FOOTINGS = {
    Relation.SERVES: Footing.Relation.ANSWERS,
    Relation.LOCALISES: Footing.Relation.ANSWERS,
    Relation.RESTS: Footing.Relation.TAKEN_FROM,
}
OWN = str.split(
    "parent kind position depth title text place about holds_from holds_until verified ended folded"
)  # fmt: skip


def words(*texts: Text | None, also: str = "") -> str:
    """What search reads: the texts in every language, folded."""
    said = [also]
    for text in texts:
        if text is not None:
            said += [text.body, *(body for body, _made in text.translations.values())]
    return fold(" ".join(said))


def places_of(codes: set[str]) -> dict[str, Place]:
    return {place.code: place for place in Place.objects.filter(code__in=codes)}


def sync_provisions(agenda: Agenda, tree: Mapping[str, Any], *, by: Person | None) -> dict[str, Provision]:
    """The agenda's rows as the tree says: new ones made, changed ones changed, those that went ended. {code: row}. The
    trail: each is taken from its agenda, and that from its source."""
    kind = kind_called(agenda.kind)
    everything = trees.placed(tree)
    places = places_of({str(each.node["place"]) for each in everything if each.node.get("place")})
    rows = {row.code: row for row in Provision.objects.filter(agenda=agenda)}
    known, last = set(rows), max((row.pk for row in rows.values()), default=0)
    for each in everything:
        row = rows.setdefault(each.code, Provision(agenda=agenda, code=each.code))
        _describe(row, each, str(each.node.get("kind") or kind.part(each.depth).code), places)
    for depth in range(
        1 + max((each.depth for each in everything), default=0)
    ):  # parents first: they need their number
        level = [each for each in everything if each.depth == depth]
        for each in level:
            rows[each.code].parent = rows[each.parent] if each.parent else None
        Provision.objects.bulk_create([rows[each.code] for each in level if each.code not in known], batch_size=400)
    Provision.objects.bulk_update([rows[code] for code in known], OWN, batch_size=200)
    new = Provision.objects.filter(agenda=agenda, pk__gt=last)
    lay_alike(claims=new, on=agenda, relation=Footing.Relation.TAKEN_FROM, by=by)
    here = {each.code for each in everything}
    Provision.objects.filter(agenda=agenda).exclude(code__in=here).update(ended=True)
    return {code: rows[code] for code in here}


def _describe(row: Provision, each: trees.Placed, kind: str, places: dict[str, Place]) -> None:
    node = each.node
    title = text_of(node.get("title"))
    assert title is not None  # noqa: S101 - checked before
    row.kind, row.position, row.depth, row.ended = kind, each.position, each.depth, False
    row.title, row.text = title, text_of(node.get("text"))
    row.place = places[str(node["place"])] if node.get("place") else None
    row.about = dict(node.get("about") or {})
    row.holds_from, row.holds_until = day_of(node.get("holds_from")), day_of(node.get("holds_until"))
    row.verified = node.get("verified", True) is not False
    said = " ".join(str(value) for value in row.about.values())
    row.folded = words(row.title, row.text, also=f"{row.code} {said}")


def leads_of(tree: Mapping[str, Any]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """{(code, relation, where it leads): what is said of it} of a whole tree."""
    return {
        (each.code, lead["relation"], lead["to"]): lead
        for each in trees.placed(tree)
        for lead in trees.leads(each.node)
    }


def found_ends(leads: set[str]) -> dict[str, Provision]:
    """Provisions by agenda/code."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for lead in leads:
        agenda, code = trees.target_of(lead)
        wanted[agenda].add(code)
    which = Q(pk=None)
    for agenda, codes in wanted.items():
        which |= Q(agenda__code=agenda, code__in=codes)
    rows = Provision.objects.filter(which).select_related("agenda")
    return {f"{row.agenda.code}/{row.code}": row for row in rows}


def sync_crosswalks(
    rows: Mapping[str, Provision],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: Person | None,
    strict: bool = True,
) -> list[str]:
    """Links as the tree says. Those that were made elsewhere stay. Returns what leads to nothing that is here: refused
    where strict; else to be tried again once the other agenda is there."""
    was, now = leads_of(before), leads_of(after)
    ends = found_ends({to for _code, _relation, to in {*was, *now}})
    missing = [f"{code} → {to}" for code, _relation, to in now if to not in ends]
    if missing and strict:
        raise Refused(
            "provision.leads_nowhere",
            _("These links lead to nothing that is on the platform: %(missing)s. Mend or remove them.")
            % {"missing": ", ".join(missing[:5])},
            missing=missing,
        )
    for code, relation, to in set(was) - set(now):
        start = rows.get(code) or Provision.objects.filter(agenda__provisions__in=rows.values(), code=code).first()
        if start is not None and to in ends:
            unlink(start, ends[to], relation)
    for (code, relation, to), said in now.items():
        if to in ends:
            link(rows[code], ends[to], relation, said, by=by)
    return missing


def link(start: Provision, end: Provision, relation: str, said: Mapping[str, Any], *, by: Person | None) -> Crosswalk:
    told: dict[str, Any] = {"note": str(said.get("note", ""))[:300], "source": str(said.get("source", ""))[:300],
            "verified": said.get("verified", True) is not False}  # fmt: skip
    made, _new = Crosswalk.objects.update_or_create(start=start, end=end, relation=relation, defaults=told)
    if relation in FOOTINGS:
        lay(claim=start, on=[end], relation=FOOTINGS[Relation(relation)], by=by, note=told["note"])
    return made


def unlink(start: Provision, end: Provision, relation: str) -> None:
    Crosswalk.objects.filter(start=start, end=end, relation=relation).delete()
    if relation in FOOTINGS:
        lift(claim=start, on=[end], relation=FOOTINGS[Relation(relation)])


def sync_participations(agenda: Agenda, given: Sequence[Mapping[str, Any]]) -> None:
    """What is said of states replaces what was said of them; states that are not named keep what they had."""
    places = places_of({str(each["place"]) for each in given})
    for each in given:
        said = {
            "status": each["status"],
            **{name: day_of(each.get(name)) for name in ("signed_on", "consented_on", "holds_from", "as_of")},
            **{name: str(each.get(name) or "") for name in ("consent", "note", "source")},
            "consented_year": each.get("consented_year"),
            "verified": each.get("verified", True) is not False,
        }
        Participation.objects.update_or_create(agenda=agenda, place=places[str(each["place"])], defaults=said)
