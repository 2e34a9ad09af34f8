"""The only ways evidence of an account comes in and goes: documents, links with their archived copy, figures."""

from __future__ import annotations

from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from kurak.commitments.accounts.actions import hold_open
from kurak.commitments.accounts.models import Account, Evidence, Grader
from kurak.ground.errors import Refused
from kurak.ground.files import cleaning, inspecting, storing
from kurak.ground.measures.models import Measure
from kurak.ground.people.models import Person
from kurak.ground.safety import limits

MOST = 20  # pieces under one account
MOST_BYTES = 60_000_000  # of the files of one account
SAFE_LINK = URLValidator(schemes=["http", "https"])


@transaction.atomic
def add_link(
    *, account: Account, by: Person, url: str, title: str = "", page: str = "", copy_url: str = ""
) -> Evidence:
    """A page or document on the web, and where an archive keeps it. The same link and page twice is one piece."""
    held = _hold(account, by)
    url, copy_url = need_link(url), need_link(copy_url) if copy_url.strip() else ""
    page = page.strip()[:60]
    if there := held.evidence.filter(url=url, page=page, sha256="").first():
        return there
    return _add(held, by, url=url, copy_url=copy_url, title=title.strip() or url, page=page)


def need_link(link: str) -> str:
    link = link.strip()
    try:
        SAFE_LINK(link)
    except ValidationError as problem:
        raise Refused("evidence.link", _("Write a whole web address, such as https://example.org/report.")) from problem
    return link


@transaction.atomic
def add_file(
    *, account: Account, by: Person, file: IO[bytes], name: str, title: str = "", page: str = "", url: str = "",
    public: bool = False,
) -> Evidence:  # fmt: skip
    """A document, looked into, cleaned, and kept under its SHA-256. url: where it was published, if it was."""
    data = file.read(inspecting.LARGEST + 1)
    kind = inspecting.kind_of(data)
    data = cleaning.cleaned(data, kind)
    held = _hold(account, by)
    url = need_link(url) if url.strip() else ""
    if len(data) + sum(size or 0 for size in held.evidence.values_list("size", flat=True)) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Refused("evidence.room", _("All files of an account may have %(most)d MB together.") % {"most": most})
    sha256, page = storing.keep(data), page.strip()[:60]
    transaction.on_commit(lambda: storing.keep(data))  # a colleague may have taken the same file away meanwhile
    if there := held.evidence.filter(sha256=sha256, page=page).first():
        return there
    called = inspecting.clean_name(name, kind)
    return _add(held, by, sha256=sha256, name=called, size=len(data), kind=kind.media_type, url=url,
                title=title.strip() or called, page=page, public=public)  # fmt: skip


@transaction.atomic
def add_measure(*, account: Account, by: Person, measure: Measure, title: str = "") -> Evidence:
    """A figure that the platform holds, with its own source and page."""
    held = _hold(account, by)
    if there := held.evidence.filter(measure=measure).first():
        return there
    named = title.strip() or str(measure.quantity.name)
    return _add(held, by, measure=measure, title=named, page="")


def _hold(account: Account, by: Person) -> Account:
    held = hold_open(account, by=by)
    if held.grader == Grader.RESIDENTS:
        raise Refused("evidence.resident", _("Residents answer by a step only: a document could tell who wrote it."))
    return held


def _add(account: Account, by: Person, *, title: str, **what: Any) -> Evidence:
    if account.evidence.count() >= MOST:
        raise Refused("evidence.many", _("At most %(most)d pieces. Take one away first.") % {"most": MOST})
    limits.require(f"person:{by.pk}", "evidence")
    return Evidence.objects.create(account=account, title=" ".join(title.split())[:300], added_by=by, **what)


@transaction.atomic
def show(*, evidence: Evidence, by: Person, public: bool) -> Evidence:
    """Whether everybody may open the file once the account is approved."""
    _hold(evidence.account, by)
    evidence.public = public
    evidence.save(update_fields=["public"])
    return evidence


@transaction.atomic
def remove(*, evidence: Evidence, by: Person) -> None:
    """Take a piece away, and its file unless something else stands on the same one."""
    _hold(evidence.account, by)
    sha256 = evidence.sha256
    evidence.delete()
    if sha256:
        transaction.on_commit(lambda: storing.drop_unused([sha256]))
