"""The sample region's accounts of an invented plan, and the shadow report made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any


def load_accounts(staff: dict[str, Any], told: dict[str, Any], place: Callable[[str], Any]) -> None:
    """What an invented state and an invented organisation say of the sample's plan, and the report made of it."""
    from kurak.commitments.agendas.models import Agenda
    from kurak.ground.people.actions import add_member, add_organisation
    from kurak.ground.people.models import Organisation

    office = told["authority"]
    if Organisation.objects.filter(slug=office["slug"]).exists():
        return
    authority = add_organisation(
        slug=office["slug"], name=text_of(office["name"]), place=place(office["place"]), by=staff["coordinator"],
        kind=Organisation.Kind.AUTHORITY,
    )  # fmt: skip
    add_member(organisation=authority, person=staff["facilitator"], by=staff["coordinator"], officer=True)
    agenda = Agenda.objects.get(code=told["agenda"])
    lead = Organisation.objects.get(slug=told["report"]["lead"])
    start, end = map(dt.date.fromisoformat, told["period"])
    for each in told["accounts"]:
        commitment = agenda.commitments.get(code=each["commitment"])
        for grader, person, party in (("state", "facilitator", authority), ("civil-society", "moderator", lead)):
            said = each["state" if grader == "state" else "civil"]
            give_account(commitment, grader, party, said, (start, end), by=staff[person], approved=staff["coordinator"])
    report_on(agenda, lead, told["report"], (start, end), staff)


def give_account(
    commitment: Any,
    grader: str,
    party: Any,
    said: dict[str, str],
    period: tuple[dt.date, dt.date],
    *,
    by: Any,
    approved: Any,
) -> None:
    from kurak.commitments.accounts.actions import Said, approve, submit, write
    from kurak.commitments.accounts.things import of_commitment

    words = Said(*period, scale="ogp-completion", value=said["value"], text=in_two(said))
    account = write(by=by, about=of_commitment(commitment), grader=grader, said=words, organisation=party)
    approve(account=submit(account=account, by=by), by=approved)


def report_on(
    agenda: Any, lead: Any, told: dict[str, Any], period: tuple[dt.date, dt.date], staff: dict[str, Any]
) -> None:
    from kurak.commitments.shadow import actions

    report = actions.open_report(
        by=staff["moderator"], code=told["code"], title=in_two(told["title"]), agenda=agenda, place=agenda.place,
        start=period[0], end=period[1], lead=lead, provisions=agenda.provisions.filter(parent=None),
    )  # fmt: skip
    first = report.sections.all()[0]
    seen = actions.mark_of(first)
    body = in_two(told["words"])
    actions.write_section(section=first, by=staff["moderator"], heading=first.heading, body=body, ready=True, seen=seen)
    actions.sign(report=report, by=staff["moderator"], organisation=lead)
    actions.freeze(report=report, by=staff["moderator"])


def in_two(words: dict[str, str]) -> Any:
    """English with its Russian translation."""
    from kurak.ground.languages.text import Text

    return Text("en", words["en"]).with_translation("ru", words["ru"], "human")


def text_of(stored: dict[str, Any]) -> Any:
    from kurak.ground.languages.text import Text

    return Text.from_json(stored)
