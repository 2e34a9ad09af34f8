"""The only writes of agendas. A draft is changed freely by those who may; what was published never changes again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.agendas import queries, rules, trees
from kurak.commitments.agendas.bringing import actions as bringing
from kurak.commitments.agendas.checking import (
    CODE,
    RESERVED,
    Unfit,
    day_of,
    problems_of,
    problems_of_participations,
    problems_of_tree,
)
from kurak.commitments.agendas.models import Agenda, Crosswalk, Provision, Version
from kurak.commitments.agendas.plainly import plain
from kurak.commitments.agendas.promising.actions import bring_commitments, organisation_called
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.measures.actions import cite
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing
from kurak.instruments.catalogue.texts import text_of

Status = Agenda.Status
DAYS = ("adopted", "holds_from", "holds_until", "checked")
WORDS = {"source": 300, "url": 500, "licence": 60}
type Document = Mapping[str, Any]


@transaction.atomic
def bring_agenda(
    *, document: Document, by: Person | None = None, shipped: bool = False, strict: bool = True
) -> tuple[Agenda, list[str]]:
    """An agenda from its document, published. Bringing the same twice is bringing it once; a tree that says something
    else than before becomes the next version. by: None for the platform itself. strict: links that lead to nothing
    here are refused; else they are returned, to be tried again when the other agenda is there. Raises Unfit with
    everything that is wrong; then nothing is kept."""
    if problems := problems_of(document):
        raise Unfit(problems)
    agenda = _held_or_made(document, by=by, shipped=shipped)
    _head(agenda, document)
    agenda.status = Status.PUBLISHED if agenda.status == Status.DRAFT else agenda.status
    agenda.save()
    _stand_on_source(agenda, by=by)
    missing = _brought_tree(agenda, document, by=by, strict=strict)
    bringing.sync_participations(agenda, list(document.get("participations") or []))
    missing += bring_commitments(agenda=agenda, given=list(document.get("commitments") or []), by=by, strict=strict)
    _renew(agenda)
    return agenda, missing


def _held_or_made(document: Document, *, by: Person | None, shipped: bool) -> Agenda:
    code, place = str(document["code"]), Place.objects.get(code=str(document["place"]))
    agenda = Agenda.objects.select_for_update(of=("self",)).select_related("place", "owner").filter(code=code).first()
    if agenda is None:
        if by is not None and not rules.may_keep(by, place):
            raise Forbidden("agenda.not_here", _("You may not keep agendas at this place."))
        return Agenda(code=code, shipped=shipped, place=place)
    if agenda.shipped != shipped:
        raise Refused("agenda.code_taken", _("Another agenda has this code: choose another."), asked=code)
    if by is not None and not rules.may_edit(by, agenda):
        raise Forbidden("agenda.not_yours", _("Only analysts and coordinators of its place change this agenda."))
    if by is not None and place != agenda.place and not rules.may_keep(by, place):
        raise Forbidden("agenda.not_here", _("You may not keep agendas at this place."))
    agenda.place = place
    return agenda


def _head(agenda: Agenda, document: Document) -> None:
    title = text_of(document.get("title"))
    assert title is not None  # noqa: S101 - checked before
    agenda.kind, agenda.level = str(document["kind"]), str(document["level"])
    agenda.title, agenda.summary = title, text_of(document.get("summary"))
    for name in DAYS:
        setattr(agenda, name, day_of(document.get(name)))
    for name, longest in WORDS.items():
        setattr(agenda, name, str(document.get(name) or "")[:longest])
    agenda.verified = document.get("verified", True) is not False
    if document.get("owner"):
        agenda.owner = organisation_called(str(document["owner"]))


def _stand_on_source(agenda: Agenda, *, by: Person | None) -> None:
    """The trail: an agenda is taken from its source."""
    if not agenda.source:
        return
    source = cite(code=f"agenda-{agenda.code}"[:120], title=agenda.source, url=agenda.url, licence=agenda.licence)
    lay(claim=agenda, on=[source], relation=Footing.Relation.TAKEN_FROM, by=by)


def _brought_tree(agenda: Agenda, document: Document, *, by: Person | None, strict: bool) -> list[str]:
    tree = {"provisions": list(document.get("provisions") or [])}
    last = queries.newest_of(agenda)
    said = dict(document.get("version") or {})
    before: Document = last.document if last else {}
    if last is None or last.sha256 != trees.sha256_of(tree):
        _refuse_over_draft(agenda)
        last = Version.objects.create(
            agenda=agenda, number=last.number + 1 if last else 1, label=str(said.get("label", ""))[:60],
            dated=day_of(said.get("dated")) or agenda.holds_from or agenda.adopted or timezone.now().date(),
            status=Version.Status.PUBLISHED, document=tree, sha256=trees.sha256_of(tree),
            note=str(said.get("note", ""))[:500], made_by=by, published_at=timezone.now(),
        )  # fmt: skip
        rows = bringing.sync_provisions(agenda, tree, by=by)
        record(verb="agenda.brought", on=agenda, by=by, code=agenda.code, version=last.number, sha256=last.sha256)
    else:
        rows = {row.code: row for row in queries.provisions_of(agenda)}
    return bringing.sync_crosswalks(rows, before, tree, by=by, strict=strict)


def _refuse_over_draft(agenda: Agenda) -> None:
    if queries.draft_of(agenda) is not None:
        raise Refused(
            "agenda.draft", _("Somebody is working on a draft of this agenda. Publish or discard the draft first.")
        )


def _renew(agenda: Agenda) -> None:
    agenda.folded = bringing.words(agenda.title, agenda.summary, also=f"{agenda.code} {agenda.source}")
    agenda.save(update_fields=["folded"])


# Kept in the browser


@transaction.atomic
def begin_agenda(
    *,
    by: Person,
    code: str,
    kind: str,
    title: Text,
    level: str,
    place: Place,
    owner: Organisation | None = None,
    tree: Document | None = None,
) -> Version:
    """A new agenda, as a draft with an empty tree or the one that is given."""
    if not (rules.may_keep(by, place) or rules.speaks_for(by, owner)):
        raise Forbidden("agenda.not_here", _("You may not keep agendas at this place."))
    head = {"code": code, "kind": kind, "level": level, "place": place.code, "title": title.body}
    if problems := problems_of(head):
        raise Unfit(problems)
    try:
        with transaction.atomic():
            agenda = Agenda.objects.create(code=code, kind=kind, title=title, level=level, place=place, owner=owner)
    except IntegrityError as problem:
        raise Refused("agenda.code_taken", _("Another agenda has this code: choose another."), asked=code) from problem
    _renew(agenda)
    record(verb="agenda.begun", on=agenda, by=by, code=code)
    return _drafted(agenda, tree or {"provisions": []}, number=1, by=by)


@transaction.atomic
def describe_agenda(*, by: Person, agenda: Agenda, seen: str = "", **said: Any) -> Agenda:
    """Change the heading: title, summary, days, source. seen: `mark_of` the agenda when it was shown."""
    held = _hold(agenda, by=by)
    if seen and seen != mark_of(held):
        raise _overtaken()
    for name in ("title", "summary", "level", *DAYS, *WORDS, "verified"):
        if name in said:
            setattr(held, name, said[name])
    if held.holds_from and held.holds_until and held.holds_from > held.holds_until:
        raise Refused("agenda.order", _("The agenda ends before it begins. Exchange the two days."))
    held.save()
    _renew(held)
    _stand_on_source(held, by=by)
    record(verb="agenda.described", on=held, by=by, changed=sorted(said))
    return held


def mark_of(agenda: Agenda) -> str:
    """Changes whenever the heading does."""
    texts = [text.as_json() if text else None for text in (agenda.title, agenda.summary)]
    plain = [str(getattr(agenda, name)) for name in ("level", *DAYS, *WORDS, "verified", "status")]
    return trees.sha256_of({"provisions": [texts, plain]})


@transaction.atomic
def begin_version(*, by: Person, agenda: Agenda) -> Version:
    """A draft of the next version, which begins as a copy of the newest; the one that there is, if there is one."""
    held = _hold(agenda, by=by)
    draft = queries.draft_of(held)
    if draft is not None:
        return draft
    last = queries.newest_of(held)
    draft = _drafted(held, last.document if last else {"provisions": []}, number=last.number + 1 if last else 1, by=by)
    record(verb="version.begun", on=draft, by=by, agenda=held.code, number=draft.number)
    return draft


@transaction.atomic
def save_version(*, by: Person, version: Version, tree: Document, seen: str = "") -> Version:
    """Keep a draft as it is now, mistakes and all. seen: its sha256 when it was shown; what others have saved since
    then is not written over."""
    held = _hold_draft(version, by=by)
    if seen and seen != held.sha256:
        raise _overtaken()
    held.document, held.sha256 = dict(tree), trees.sha256_of(tree)
    held.made_at, held.made_by = timezone.now(), by
    held.save()
    return held


@transaction.atomic
def publish_version(*, by: Person, version: Version, note: str = "", label: str = "", dated: Any = None) -> Version:
    """From now on this version is for everybody, and stays as it is. The next one says what changed."""
    held = _hold_draft(version, by=by)
    agenda = held.agenda
    if problems := problems_of_tree(held.document):
        raise Unfit(problems)
    last = queries.newest_of(agenda)
    if last is not None and last.sha256 == held.sha256:
        raise Refused("version.same", _("Nothing has changed since the last version. Discard this draft."))
    if last is not None and not note.strip():
        raise Refused("version.note", _("Say what changed and why: whoever works with the agenda will ask."))
    held.status, held.published_at, held.made_by = Version.Status.PUBLISHED, timezone.now(), by
    held.note, held.label, held.dated = note.strip()[:500], label.strip()[:60], dated or held.dated
    held.save()
    rows = bringing.sync_provisions(agenda, held.document, by=by)
    bringing.sync_crosswalks(rows, last.document if last else {}, held.document, by=by)
    if agenda.status == Status.DRAFT:
        agenda.status = Status.PUBLISHED
        agenda.save(update_fields=["status"])
    record(verb="version.published", on=held, by=by, reason=note, agenda=agenda.code, number=held.number,
           sha256=held.sha256)  # fmt: skip
    return held


@transaction.atomic
def discard_version(*, by: Person, version: Version) -> None:
    """Throw a draft away; with it the agenda, if nothing of it was ever published."""
    held = _hold_draft(version, by=by)
    agenda = held.agenda
    record(verb="version.discarded", on=held, by=by, agenda=agenda.code, number=held.number)
    held.delete()
    if not agenda.versions.exists() and not agenda.commitments.exists():
        agenda.delete()


@transaction.atomic
def retire_agenda(*, by: Person, agenda: Agenda, reason: str) -> Agenda:
    """No longer in force. It stays readable, and so does all that stands on it."""
    held = _hold(agenda, by=by)
    if not reason.strip():
        raise Refused("agenda.reason", _("Say why it is retired: whoever worked with it will ask."))
    if held.status != Status.PUBLISHED:
        raise Refused("agenda.not_published", _("Only a published agenda can be retired."))
    held.status = Status.RETIRED
    held.save(update_fields=["status"])
    record(verb="agenda.retired", on=held, by=by, reason=reason)
    return held


@transaction.atomic
def set_participations(*, by: Person, agenda: Agenda, given: Sequence[Mapping[str, Any]]) -> None:
    """Who signed and who is bound, as a document says it. States that are not named keep what was said of them."""
    held = _hold(agenda, by=by)
    if problems := problems_of_participations({"participations": given}):
        raise Unfit(problems)
    bringing.sync_participations(held, given)
    record(verb="agenda.participations", on=held, by=by, places=[each["place"] for each in given])


@transaction.atomic
def add_crosswalk(*, by: Person, start: Provision, end: Provision, relation: str, note: str = "") -> Crosswalk:
    """Link two provisions, beside what their agendas say themselves. Whoever may edit one of the agendas may; between
    two that ship, analysts of the region."""
    if not rules.may_link(by, start, end):
        raise Forbidden("agenda.not_yours", _("Only analysts and coordinators of its place change this agenda."))
    if start.pk == end.pk or relation not in Crosswalk.Relation.values:
        raise Refused("crosswalk.unfit", _("Choose two different parts and how one leads to the other."))
    record(verb="crosswalk.added", on=start, by=by, to=str(end), relation=relation)
    return bringing.link(start, end, relation, {"note": note}, by=by)


@transaction.atomic
def localise(*, by: Person, target: Provision, agenda: Agenda, code: str) -> Version:
    """A part of the agenda that brings the target closer, in the draft of its next version: with the target's words,
    for its editors to put their own in their place."""
    draft = begin_version(by=by, agenda=agenda)
    if not CODE.fullmatch(code) or code.lower() in RESERVED:
        raise Refused(
            "provision.code", _("Write letters, digits, points and hyphens, at most 60, such as 16.7."), asked=code[:70]
        )
    node = {"code": code, "title": plain(target.title), "localises": [f"{target.agenda.code}/{target.code}"]}
    return save_version(by=by, version=draft, tree=trees.added(draft.document, node))


def _overtaken() -> Refused:
    return Refused(
        "agenda.changed",
        _("Somebody saved this while you were writing. Open it again beside this page, and join the two."),
    )


def _hold(agenda: Agenda, *, by: Person) -> Agenda:
    if not rules.may_edit(by, agenda):
        raise Forbidden("agenda.not_yours", _("Only analysts and coordinators of its place change this agenda."))
    held = Agenda.objects.select_for_update(of=("self",)).select_related("place", "owner")
    return held.get(pk=agenda.pk)


def _hold_draft(version: Version, *, by: Person) -> Version:
    _hold(version.agenda, by=by)
    held = Version.objects.select_for_update(of=("self",)).select_related("agenda__place", "agenda__owner")
    draft = held.get(pk=version.pk)
    if draft.status != Version.Status.DRAFT:
        raise Refused("version.published", _("What was published stays as it is. Begin the next version."))
    return draft


def _drafted(agenda: Agenda, tree: Document, *, number: int, by: Person) -> Version:
    return Version.objects.create(
        agenda=agenda, number=number, dated=timezone.now().date(), document=dict(tree), made_by=by,
        sha256=trees.sha256_of(tree),
    )  # fmt: skip
