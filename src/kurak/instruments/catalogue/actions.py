"""The only writes. A draft is changed freely by those who may; what was published never changes again."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.folding import fold
from kurak.ground.languages.text import Text
from kurak.ground.measures.actions import cite
from kurak.ground.measures.models import Source
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing
from kurak.instruments.catalogue import queries, rules
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.catalogue.texts import text_of, words_of
from kurak.instruments.catalogue.yaml_writing import as_yaml
from kurak.instruments.definitions.analysis import Definition, from_document, sha256_of
from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.definitions.yaml_text import LARGEST

Status = Edition.Status
NAME = re.compile(r"[^\s/\\.][^/\\\n\r]{0,39}")  # of an edition
type Document = Mapping[str, Any]


@transaction.atomic
def bring(*, definition: Definition) -> Edition | None:
    """An edition that comes with the platform, from its file. A file that says something else than before becomes a
    new revision, and what was computed keeps the old one. None if nothing is new."""
    instrument = _shipped_instrument(definition)
    same = Edition.objects.filter(instrument=instrument, edition=definition.edition).order_by("-revision").first()
    if same is not None and same.sha256 == definition.sha256:
        if same.text != definition.text:  # only comments or the layout of the file
            Edition.objects.filter(pk=same.pk).update(text=definition.text)
        return None
    edition = Edition.objects.create(
        instrument=instrument, edition=definition.edition, revision=same.revision + 1 if same else 1,
        document=definition.document, text=definition.text, checksum=definition.declaration.checksum,
        sha256=definition.sha256, label=definition.declaration.label, dated=dated_of(definition.document),
        status=Status.PUBLISHED, published_at=timezone.now(),
    )  # fmt: skip
    _stand_on(edition, before=same, by=None)
    _renew(instrument)
    return edition


def _shipped_instrument(definition: Definition) -> Instrument:
    title = text_of(definition.document.get("title")) or Text("", definition.code)
    instrument, _made = Instrument.objects.get_or_create(
        code=definition.code, defaults={"shipped": True, "title": title}
    )
    if not instrument.shipped:
        raise Refused(
            "instrument.code_taken", _("An instrument that was built here has this code."), asked=definition.code
        )
    return instrument


@transaction.atomic
def begin(
    *, by: Person, document: Document, place: Place, owner: Organisation | None = None, on: Edition | None = None
) -> Edition:
    """A new instrument, as a draft. on: the edition it was copied from."""
    if not rules.may_build(by, place):
        raise Forbidden("instrument.not_here", _("You may not build instruments at this place."))
    code = str(document.get("code", ""))
    try:
        with transaction.atomic():
            instrument = Instrument.objects.create(code=code, title=Text("", code), place=place, owner=owner)
    except IntegrityError as problem:
        raise Refused(
            "instrument.code_taken", _("Another instrument has this code: choose another."), asked=code
        ) from problem
    edition = _drafted(instrument, document, revision=1, by=by)
    record(verb="instrument.begun", on=instrument, by=by, code=code, copied_from=str(on) if on else "")
    if on is not None:
        lay(claim=edition, on=[on], relation=Footing.Relation.EDITED_FROM, by=by)
    return edition


@transaction.atomic
def begin_edition(*, by: Person, edition: Edition, named: str) -> Edition:
    """Another edition of an instrument, as a draft that begins as a copy of this one."""
    instrument = _hold(edition.instrument, by=by)
    if not named.strip() or Edition.objects.filter(instrument=instrument, edition=named).exists():
        raise Refused("edition.named", _("Give the new edition a name of its own, such as a year."), asked=named)
    document = {**edition.document, "edition": named, "dated": timezone.now().date().isoformat()}
    draft = _drafted(instrument, document, revision=1, by=by)
    record(verb="edition.begun", on=draft, by=by, edition=named, copied_from=str(edition))
    lay(claim=draft, on=[edition], relation=Footing.Relation.EDITED_FROM, by=by)
    return draft


@transaction.atomic
def correct(*, by: Person, edition: Edition) -> Edition:
    """A draft of the next revision of a published edition; the one that there is, if somebody began it before."""
    instrument = _hold(edition.instrument, by=by)
    last = Edition.objects.filter(instrument=instrument, edition=edition.edition).order_by("-revision")[0]
    if last.status == Status.DRAFT:
        return last
    draft = _drafted(instrument, last.document, revision=last.revision + 1, by=by)
    record(verb="edition.corrected", on=draft, by=by, edition=draft.edition, revision=draft.revision)
    lay(claim=draft, on=[last], relation=Footing.Relation.EDITED_FROM, by=by)
    return draft


@transaction.atomic
def take_in(*, by: Person, definition: Definition, place: Place, owner: Organisation | None = None) -> Edition:
    """A definition from a file, as a draft: of a new instrument, of a new edition, or of a correction."""
    instrument = Instrument.objects.filter(code=definition.code).first()
    if instrument is None:
        return begin(by=by, document=definition.document, place=place, owner=owner)
    _hold(instrument, by=by)
    same = instrument.editions.filter(edition=definition.edition).order_by("-revision").first()
    if same is None:
        draft = _drafted(instrument, definition.document, revision=1, by=by)
        record(verb="edition.begun", on=draft, by=by, edition=draft.edition)
        return draft
    draft = same if same.status == Status.DRAFT else correct(by=by, edition=same)
    return save(by=by, edition=draft, document=definition.document)


@transaction.atomic
def save(*, by: Person, edition: Edition, document: Document, seen: str = "") -> Edition:
    """Keep a draft as it is now, mistakes and all. seen: `version_of` the draft when it was shown; what others have
    saved since then is not written over."""
    held = _hold_draft(edition, by=by)
    if seen and seen != version_of(held):
        raise Refused(
            "edition.changed",
            _("Somebody saved this draft while you were writing. Open it again beside this page, and join the two."),
        )
    if document.get("code") != held.instrument.code:
        raise Refused(
            "edition.code", _("The code of an instrument stays. To change it, make a copy with another code.")
        )
    named = named_in(document)
    if named != held.edition and held.revision > 1:
        raise Refused("edition.revision", _("A correction keeps the name of its edition. Begin a new edition instead."))
    if named != held.edition and held.instrument.editions.filter(edition=named, revision=held.revision).exists():
        raise Refused("edition.named", _("Give the new edition a name of its own, such as a year."), asked=named)
    held.edition, held.changed_at, held.changed_by = named, timezone.now(), by
    _describe(held, document)
    held.save()
    _renew(held.instrument)
    return held


@transaction.atomic
def publish(*, by: Person, edition: Edition, reason: str = "") -> Edition:
    """From now on this edition is for everybody, and stays as it is. A correction says why."""
    held = _hold_draft(edition, by=by)
    try:
        definition = from_document(held.document)
    except Misdeclared as wrong:
        many = len(wrong.problems)
        raise Refused(
            "edition.problems", _("There is something to mend first. The list of problems says what."), problems=many
        ) from wrong
    before = held.instrument.editions.filter(edition=held.edition, revision=held.revision - 1).first()
    if before is not None and not reason.strip():
        raise Refused("edition.reason", _("Say what was corrected: whoever used the edition before will ask."))
    _describe(held, definition.document)
    held.text, held.status, held.published_at, held.changed_by = (
        as_yaml(held.document),
        Status.PUBLISHED,
        timezone.now(),
        by,
    )
    held.save()
    _stand_on(held, before=before, by=by)
    _renew(held.instrument)
    record(
        verb="edition.published", on=held, by=by, reason=reason,
        instrument=held.instrument.code, edition=held.edition, revision=held.revision, sha256=held.sha256,
    )  # fmt: skip
    return held


@transaction.atomic
def retire(*, by: Person, edition: Edition, reason: str) -> Edition:
    """No longer to be used for anything new. It stays readable, and so do its results."""
    instrument = _hold(edition.instrument, by=by)
    if not reason.strip():
        raise Refused("edition.reason", _("Say why it is retired: whoever used it will ask."))
    held = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if held.status != Status.PUBLISHED:
        raise Refused("edition.not_published", _("Only a published edition can be retired."))
    held.status = Status.RETIRED
    held.save(update_fields=["status"])
    _renew(instrument)
    record(verb="edition.retired", on=held, by=by, reason=reason)
    return held


@transaction.atomic
def discard(*, by: Person, edition: Edition) -> None:
    """Throw a draft away; with the last of them the instrument, if nothing of it was ever published."""
    held = _hold_draft(edition, by=by)
    instrument = held.instrument
    record(verb="edition.discarded", on=held, by=by, instrument=instrument.code, edition=held.edition)
    held.delete()
    if instrument.editions.exists():
        _renew(instrument)
    else:
        instrument.delete()


def version_of(edition: Edition) -> str:
    """Changes whenever the draft is saved."""
    return edition.changed_at.isoformat()


def named_in(document: Document) -> str:
    """The name of the edition, which is a part of addresses."""
    named = str(document.get("edition", ""))
    if not NAME.fullmatch(named):
        raise Refused(
            "edition.name", _("The name of an edition is a year or a short word, without slashes."), asked=named[:80]
        )
    return named


def dated_of(document: Document) -> dt.date:
    """The first day on which the method holds; today where the document does not say."""
    try:
        return dt.date.fromisoformat(str(document.get("dated", "")))
    except ValueError:
        return timezone.now().date()


def _hold(instrument: Instrument, *, by: Person) -> Instrument:
    if not rules.may_change(by, instrument):
        raise Forbidden(
            "instrument.not_yours", _("Only analysts and coordinators of its place change this instrument.")
        )
    return Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)


def _hold_draft(edition: Edition, *, by: Person) -> Edition:
    _hold(edition.instrument, by=by)
    held = Edition.objects.select_for_update(of=("self",)).select_related("instrument__place").get(pk=edition.pk)
    if held.status != Status.DRAFT:
        raise Refused("edition.published", _("What was published stays as it is. Begin a correction or a new edition."))
    return held


def _drafted(instrument: Instrument, document: Document, *, revision: int, by: Person) -> Edition:
    edition = Edition(instrument=instrument, edition=named_in(document), revision=revision, changed_by=by)
    _describe(edition, document)
    edition.save()
    _renew(instrument)
    return edition


def _describe(edition: Edition, document: Document) -> None:
    """What the row repeats of its document, so that lists need not read it. A draft may be beyond computing."""
    if len(as_yaml(document).encode()) > LARGEST:
        raise Refused("edition.too_large", _("The document is larger than one megabyte. Leave long texts out."))
    if "\\u0000" in json.dumps(document):  # PostgreSQL keeps none
        raise Refused(
            "edition.characters", _("A text has the character NUL in it, which nobody can read. Take it out.")
        )
    edition.document, edition.dated, edition.sha256 = dict(document), dated_of(document), sha256_of(document)
    try:
        declaration = from_document(document).declaration
    except Misdeclared:
        edition.checksum, edition.label = "", ""
    else:
        edition.checksum, edition.label = declaration.checksum, declaration.label


def _renew(instrument: Instrument) -> None:
    """The instrument is called as its newest edition is; as its draft, while nothing is published."""
    shown = queries.newest().filter(instrument=instrument).first() or instrument.editions.first()
    if shown is None:
        return
    document = shown.document
    instrument.title = text_of(document.get("title")) or Text("", instrument.code)
    instrument.kind = _among(Instrument.Kind.values, document.get("kind"), instrument.kind)
    instrument.units = _among(Instrument.Units.values, document.get("units"), instrument.units)
    instrument.folded = fold(words_of(document))
    instrument.save()


def _among(values: list[str], given: Any, instead: str) -> str:
    return given if given in values else instead


def _stand_on(edition: Edition, *, before: Edition | None, by: Person | None) -> None:
    """The trail: a method is taken from its sources, a correction from what it corrects."""
    lay(claim=edition, on=sources_of(edition), relation=Footing.Relation.TAKEN_FROM, by=by)
    if before is not None:
        lay(claim=edition, on=[before], relation=Footing.Relation.EDITED_FROM, by=by)


def sources_of(edition: Edition) -> list[Source]:
    found = []
    for place, given in enumerate(edition.document.get("sources") or []):
        code = slugify(f"{edition.instrument.code}-{given.get('code', place)}")[:120]
        title = text_of(given.get("title"))
        about = {"url": str(given.get("url", ""))[:500], "licence": str(given.get("licence", ""))[:60]}
        found.append(cite(code=code, title=str(title)[:300] if title else code, **about))
    return found
