"""What can be done with a shadow report: opened, written by many, signed, frozen, withdrawn. The only writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from kurak.commitments.accounts.models import Account
from kurak.commitments.agendas.models import Agenda, Provision
from kurak.commitments.shadow import rules
from kurak.commitments.shadow.assembling import account_numbers, assembled, languages_of, sha256_of
from kurak.commitments.shadow.keeping import forget
from kurak.commitments.shadow.models import CoAuthor, FrozenReport, Section, SectionComment, ShadowReport
from kurak.commitments.shadow.papering import paper_of
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.languages.text import Text
from kurak.ground.papers.paper import counted, weight
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing

LONGEST = 60_000  # letters of one section
HEAVIEST = 600_000  # of a whole report, as papers weigh: some two hundred pages
MOST_SECTIONS = 200
HEADINGS = (gettext_noop("Introduction"), gettext_noop("Recommendations"))  # of every new report
TAKEN = {"mine", "new"}  # addresses of the house


class Overtaken(Refused):
    """Somebody else has saved the section since it was read."""


@transaction.atomic
def open_report(
    *, by: Person, code: str, title: Text, agenda: Agenda, place: Place, start: dt.date, end: dt.date,
    lead: Organisation, provisions: Iterable[Provision] = (), addressee: str = "", most_words: int | None = None,
    due: dt.date | None = None,
) -> ShadowReport:  # fmt: skip
    """A new report: an introduction, a section for each provision that was picked, and recommendations at the end."""
    if not rules.may_open(by, lead, place):
        raise Forbidden(
            "shadow.not_yours",
            _("Only an officer of an organisation of civil society, or a coordinator for it, opens a shadow report."),
        )
    agenda = Agenda.objects.select_for_update(of=("self",)).get(pk=agenda.pk)  # two clicks, one report
    if agenda.status == Agenda.Status.DRAFT:
        raise Refused("shadow.draft", _("This agenda is a draft that few can read. Publish it first."))
    if end < start:
        raise Refused("shadow.period", _("The period must end after it begins."))
    if code in TAKEN or ShadowReport.objects.filter(code=code).exists():
        raise Refused("shadow.code", _("There is a report with this short name. Choose another."), code=code)
    report = ShadowReport.objects.create(
        code=code, title=title, agenda=agenda, place=place, start=start, end=end, lead=lead, opened_by=by,
        addressee=" ".join(addressee.split())[:200], most_words=most_words, due=due,
    )  # fmt: skip
    CoAuthor.objects.create(report=report, organisation=lead)
    picked = sorted(provisions, key=lambda each: each.position)
    if any(each.agenda_id != agenda.pk for each in picked):
        raise Refused("shadow.elsewhere", _("Pick parts of the agenda that the report is about."))
    first, last = (ours(title.language, words) for words in HEADINGS)
    headings = [(first, None), *((each.title, each) for each in picked), (last, None)]
    for position, (heading, provision) in enumerate(headings):
        Section.objects.create(report=report, position=position, heading=heading, provision=provision, changed_by=by)
    record(verb="shadow.opened", on=report, by=by)
    return report


def ours(language: str, words: str) -> Text:
    """A heading of the house, in this language, with the translations that the catalogues have."""
    told = {}
    for each in LANGUAGES:
        with override(each.code):
            told[each.code] = str(_(words))
    others = {code: (body, "human") for code, body in told.items() if code == "en" or body != words}
    own = told[language]
    return Text(language, own, {code: said for code, said in others.items() if code != language})  # type: ignore[misc]


@transaction.atomic
def write_section(*, section: Section, by: Person, heading: Text, body: Text | None, ready: bool, seen: str) -> Section:
    """seen: the mark of what the writer had before them (mark_of). Nothing is written over what somebody else has
    written meanwhile."""
    held = Section.objects.select_for_update(of=("self",)).select_related("report", "writer").get(pk=section.pk)
    if not rules.may_write(by, held):
        raise Forbidden("shadow.section_not_yours", _("This section is another organisation's task."))
    _need_open(held.report)
    if seen != mark_of(held):
        raise Overtaken(
            "shadow.overtaken", _("Somebody else has saved this section meanwhile. Compare, and save again.")
        )
    if not heading.body.strip():
        raise Refused("shadow.heading", _("A section needs a heading."))
    if body and len(body.body) > LONGEST:
        raise Refused("shadow.long", _("The section is longer than %(most)d letters. Split it.") % {"most": LONGEST})
    held.heading, held.body, held.ready = heading, body if body and body.body.strip() else None, ready
    held.changed_at, held.changed_by = timezone.now(), by
    held.save(update_fields=["heading", "body", "ready", "changed_at", "changed_by"])
    return held


def mark_of(section: Section) -> str:
    return section.changed_at.isoformat()


@transaction.atomic
def add_section(*, report: ShadowReport, by: Person, heading: Text, provision: Provision | None = None) -> Section:
    _need_lead(by, report)
    ShadowReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    many = report.sections.count()
    if many >= MOST_SECTIONS:
        raise Refused("shadow.many", _("A report has at most %(most)d sections.") % {"most": MOST_SECTIONS})
    if provision is not None and provision.agenda_id != report.agenda_id:
        raise Refused("shadow.elsewhere", _("Pick parts of the agenda that the report is about."))
    if provision is None and not heading.body.strip():
        raise Refused("shadow.heading", _("A section needs a heading."))
    words = heading if heading.body.strip() or provision is None else provision.title
    return Section.objects.create(report=report, position=many, heading=words, provision=provision, changed_by=by)


@transaction.atomic
def move_section(*, section: Section, by: Person, up: bool) -> None:
    _need_lead(by, section.report)
    ShadowReport.objects.select_for_update(of=("self",)).get(pk=section.report_id)
    rows = list(section.report.sections.all())
    at = next(at for at, each in enumerate(rows) if each.pk == section.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    for position, each in enumerate(rows):
        each.position = position
    Section.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_section(*, section: Section, by: Person) -> None:
    """Only an empty one: words that somebody wrote are not lost by a click."""
    held = Section.objects.select_for_update(of=("self",)).select_related("report").get(pk=section.pk)
    _need_lead(by, held.report)
    if held.body is not None:
        raise Refused("shadow.not_empty", _("This section has words in it. Empty it first, if nobody needs them."))
    held.delete()


@transaction.atomic
def assign_section(*, section: Section, by: Person, to: Organisation | None) -> Section:
    """Make a section an organisation's task; it must be one of the coalition."""
    _need_lead(by, section.report)
    if to is not None and not section.report.coalition.filter(organisation=to).exists():
        raise Refused("shadow.stranger", _("Invite the organisation to the coalition first."))
    section.writer = to
    section.save(update_fields=["writer"])
    return section


@transaction.atomic
def comment(*, section: Section, by: Person, text: str) -> SectionComment:
    if not rules.takes_part(by, section.report):
        raise Forbidden("shadow.no_part", _("Only the coalition comments on the work in progress."))
    if not text.strip():
        raise Refused("shadow.comment", _("Write the comment first."))
    return SectionComment.objects.create(section=section, by=by, text=text.strip()[:5000])


@transaction.atomic
def settle(*, comment: SectionComment, by: Person) -> None:
    if not rules.may_write(by, comment.section):
        raise Forbidden("shadow.section_not_yours", _("This section is another organisation's task."))
    comment.settled = True
    comment.save(update_fields=["settled"])


@transaction.atomic
def invite(*, report: ShadowReport, by: Person, organisation: Organisation) -> CoAuthor:
    """Ask an organisation to write along and to sign. Asking twice is asking once."""
    _need_lead(by, report)
    if organisation.kind not in rules.INDEPENDENT:
        raise Refused(
            "shadow.not_independent", _("An authority or a treaty body cannot sign a report of civil society.")
        )
    return CoAuthor.objects.get_or_create(report=report, organisation=organisation)[0]


@transaction.atomic
def sign(*, report: ShadowReport, by: Person, organisation: Organisation, signs: bool = True) -> CoAuthor:
    """An officer's consent to print the organisation's name, or taking it back. Editions frozen before stay as they
    were frozen; the next one has or lacks the name."""
    if organisation not in rules.signs_for(by, report):
        raise Forbidden("shadow.not_officer", _("Only an officer of an invited organisation signs in its name."))
    row = CoAuthor.objects.select_for_update(of=("self",)).get(report=report, organisation=organisation)
    if bool(row.signed_at) == signs:
        return row
    row.signed_at, row.signed_by = (timezone.now(), by) if signs else (None, None)
    row.save(update_fields=["signed_at", "signed_by"])
    record(verb="shadow.signed" if signs else "shadow.unsigned", on=report, by=by, organisation=organisation.slug)
    return row


@transaction.atomic
def freeze(*, report: ShadowReport, by: Person, note: str = "", over: bool = False) -> FrozenReport:
    """Publish what stands now as the next edition. Frozen twice without a change, it is the same edition.

    over: freeze although it is longer than its addressee accepts."""
    _need_lead(by, report)
    held = ShadowReport.objects.select_for_update(of=("self",)).select_related("agenda", "place").get(pk=report.pk)
    _need_open(held)
    document = assembled(held)
    if not document["signed"]:
        raise Refused("shadow.unsigned", _("Nobody has signed yet. At least one organisation must put its name to it."))
    need_room(document)
    words = words_of(document, held.title.language)
    if held.most_words and words > held.most_words and not over:
        told = _("The report has %(words)d words; its addressee accepts %(most)d. Shorten it, or send it as it is.")
        raise Refused("shadow.too_long", told % {"words": words, "most": held.most_words}, words=words)
    last = held.editions.first()
    digest = sha256_of(document)
    if last is not None and last.sha256 == digest and last.withdrawn_at is None:
        return last
    made = FrozenReport.objects.create(
        report=held, number=last.number + 1 if last else 1, document=document, sha256=digest, note=note.strip()[:300],
        frozen_by=by,
    )  # fmt: skip
    record(verb="shadow.frozen", on=made, by=by, report=held.code, sha256=digest)
    stands_on = Account.objects.filter(pk__in=account_numbers(document))
    lay(claim=made, on=stands_on, relation=Footing.Relation.TAKEN_FROM, by=by)
    return made


def need_room(document: dict[str, Any]) -> None:
    """Everybody may ask for the file of an edition: what takes minutes or all memory to write is not frozen."""
    if (
        max(weight(paper_of(document, each)) for each in {document["title"]["language"], *languages_of(document)})
        > HEAVIEST
    ):
        raise Refused(
            "shadow.too_heavy",
            _("This is longer than some two hundred pages: too long for one file. Pick fewer parts of the agenda."),
        )


def words_of(document: dict[str, Any], language: str) -> int:
    return counted(paper_of(document, language))


@transaction.atomic
def withdraw(*, edition: FrozenReport, by: Person, reason: str) -> FrozenReport:
    """Take an edition out of sight, with a reason that is shown in its place: somebody may be in danger."""
    _need_lead(by, edition.report)
    if edition.withdrawn_at is not None:
        return edition
    if not reason.strip():
        raise Refused("shadow.reason", _("Say why it is taken back: whoever cited it will ask."))
    edition.withdrawn_at, edition.withdrawn_why = timezone.now(), reason.strip()[:300]
    edition.save(update_fields=["withdrawn_at", "withdrawn_why"])
    transaction.on_commit(lambda: forget(edition))
    record(verb="shadow.withdrawn", on=edition, by=by, reason=edition.withdrawn_why)
    return edition


@transaction.atomic
def change_frame(
    *, report: ShadowReport, by: Person, addressee: str, most_words: int | None, due: dt.date | None, closed: bool
) -> ShadowReport:
    _need_lead(by, report)
    report.addressee, report.most_words, report.due = " ".join(addressee.split())[:200], most_words, due
    report.closed_at = (report.closed_at or timezone.now()) if closed else None
    report.save(update_fields=["addressee", "most_words", "due", "closed_at"])
    return report


def _need_lead(by: Person, report: ShadowReport) -> None:
    if not rules.may_lead(by, report):
        raise Forbidden(
            "shadow.not_lead", _("Only an officer of the leading organisation, or a coordinator, does this.")
        )


def _need_open(report: ShadowReport) -> None:
    if report.closed_at is not None:
        raise Refused("shadow.closed", _("This report is closed. Open it again to go on writing."))
