"""kurak sample: the sample region, so that a new platform shows a living picture within a minute."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from kurak.cli.problems import Problem

SAMPLE = Path(__file__).parents[1] / "sample"
CONVERSATIONS = ("water", "schools")
TOWN_YEARS = (2025, 2026)  # the second one until September
KEPT_IN = "sample-sign-in.txt"  # in KURAK_HOME, readable by its owner only


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kurak sample", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="load")
    loading = verbs.add_parser("load", help="load organisations, staff and conversations; what is there already stays")
    loading.add_argument("--if-empty", action="store_true", help="load nothing where there is a conversation already")
    chosen = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    print(offer() if chosen.if_empty else load())
    return 0


def offer() -> str:
    """Load the sample into an empty platform that is tried out. Returns how to sign in, while the sample is there."""
    from django.conf import settings

    from kurak.dialogue.conversations.models import Conversation

    return sign_in() if settings.PRODUCTION or Conversation.objects.exists() else load()


def load() -> str:
    """Write all of the sample or nothing; a second time changes nothing. Returns how to sign in.

    Raises Problem on the open internet (KURAK_PRODUCTION): the sample's staff needs no second factor.
    """
    from django.conf import settings
    from django.db import transaction

    from kurak.cli.sample_accounts import load_accounts

    if settings.PRODUCTION:
        raise Problem(
            "sample.in-production",
            "the sample region comes with staff who sign in without a second factor",
            "load it on a machine for trying out, without KURAK_PRODUCTION",
        )
    with transaction.atomic():
        staff = appoint()
        found_organisations(staff)
        for folder in CONVERSATIONS:
            load_conversation(folder, staff)
        load_indexes(staff)
        load_agendas(staff)
        load_town()
        load_accounts(staff, declared("accounts.json"), place)
    return sign_in()


def declared(name: str) -> Any:
    return json.loads((SAMPLE / name).read_text(encoding="utf-8"))


def place(code: str) -> Any:
    from kurak.ground.loading import load_ground
    from kurak.ground.places.models import Place

    if not Place.objects.filter(code=code).exists():
        load_ground()
    return Place.objects.get(code=code)


def appoint() -> dict[str, Any]:
    """{role: person}, with one password that is made up here. A name that is taken already is refused."""
    from kurak.ground.people.actions import found, grant
    from kurak.ground.people.models import Grant, Person

    people = declared("people.json")
    named = {person.username: person for person in Person.objects.filter(username__in=usernames(people))}
    if len(named) == len(people) and all(person.grants.exists() for person in named.values()):
        return {each["role"]: named[each["username"]] for each in people}
    if named:
        raise Problem(
            "sample.name-taken",
            f"there is an account named {', '.join(sorted(named))} already",
            "load the sample into an empty platform",
        )
    password = secrets.token_urlsafe(9)
    staff = {
        each["role"]: Person.objects.create_user(each["username"], password=password, language=each["language"])
        for each in people
    }
    first = staff[Grant.Role.COORDINATOR]
    for each in people:
        if each["role"] == Grant.Role.COORDINATOR:
            found(person=first, place=place(each["place"]))
        else:
            grant(person=staff[each["role"]], role=each["role"], place=place(each["place"]), by=first)
    keep(password, usernames(people))
    return staff


def usernames(people: list[dict[str, str]]) -> list[str]:
    return [each["username"] for each in people]


def found_organisations(staff: dict[str, Any]) -> None:
    from kurak.ground.languages.text import Text
    from kurak.ground.people.actions import add_member, add_organisation
    from kurak.ground.people.models import Organisation

    coordinator = staff["coordinator"]
    for each in declared("organisations.json"):
        if not Organisation.objects.filter(slug=each["slug"]).exists():
            named = {"slug": each["slug"], "name": Text.from_json(each["name"])}
            add_organisation(**named, place=place(each["place"]), by=coordinator)
    for each in declared("people.json"):
        theirs = Organisation.objects.get(slug=each["organisation"])
        if not theirs.memberships.filter(person=staff[each["role"]]).exists():
            add_member(organisation=theirs, person=staff[each["role"]], by=coordinator, officer=True)


def load_conversation(folder: str, staff: dict[str, Any]) -> None:
    from kurak.dialogue.conversations.exchange.actions import import_folder
    from kurak.dialogue.conversations.models import Conversation
    from kurak.ground.people.models import Organisation

    told = declared(f"{folder}/conversation.json")
    if Conversation.objects.filter(slug=told["slug"]).exists():
        return
    stored = import_folder(folder=SAMPLE / folder, by=staff["facilitator"], phase=Conversation.Phase.OPEN).conversation
    asked_by = Organisation.objects.get(slug=told["organisation"])
    told_apart = {**stored.origin, "simulated": True}  # pages say so
    Conversation.objects.filter(pk=stored.pk).update(organisation=asked_by, origin=told_apart)
    moderate(folder, stored, by=staff["moderator"])


def load_indexes(staff: dict[str, Any]) -> None:
    """Published indexes whose licence lets them come along, computed here and shown with their source."""
    from kurak.instruments.catalogue.models import Edition
    from kurak.instruments.loading import load_instruments
    from kurak.instruments.results.actions import bring_data, compute_run, publish_run
    from kurak.instruments.results.studies.actions import ask_for_study, do_study

    load_instruments()
    for each in declared("indexes/indexes.json"):
        edition = Edition.objects.filter(
            instrument__code=each["instrument"], edition=each["edition"], status=Edition.Status.PUBLISHED
        ).first()
        if edition is None:
            raise Problem(
                "sample.no-edition", f"there is no {each['instrument']} {each['edition']}", "load its definition first"
            )
        body = (SAMPLE / "indexes" / each["file"]).read_bytes()
        about = {"source": each["source"], "redistributable": each["redistributable"], "by": staff["analyst"]}
        data_set, _ = bring_data(edition=edition, name=each["file"], body=body, **about)
        run = publish_run(run=compute_run(data_set=data_set, by=staff["analyst"]), by=staff["analyst"])
        do_study(study=ask_for_study(run=run, by=staff["analyst"]))


def load_agendas(staff: dict[str, Any]) -> None:
    """Invented plans and programmes; the sample's staff may change them."""
    from kurak.commitments.agendas.exchange.actions import import_agenda
    from kurak.commitments.agendas.models import Agenda
    from kurak.commitments.loading import load_agendas as load_shipped

    load_shipped()
    for file in sorted((SAMPLE / "agendas").glob("*.yaml")):
        if not Agenda.objects.filter(code=code_of(file)).exists():
            import_agenda(content=file.read_bytes(), head={}, by=staff["analyst"], name=file.name)


def code_of(file: Path) -> str:
    """The code that the file of an agenda gives it."""
    line = next(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("code: "))
    return line.removeprefix("code: ").strip()


def load_town() -> None:
    """An invented town: what it promised, and two budgets in which some lines pay for that."""
    from kurak.commitments.agendas.actions import bring_agenda
    from kurak.commitments.budgets.actions import About, bring
    from kurak.commitments.budgets.publishing import publish
    from kurak.ground.places.models import Place
    from kurak.instruments.definitions.yaml_text import written

    told = declared("town/place.json")
    town, _ = Place.objects.update_or_create(code=told["code"], defaults={**told, "parent": place("central-asia")})
    bring_agenda(document=written((SAMPLE / "town/programme.yaml").read_text(encoding="utf-8")).document)
    for year in TOWN_YEARS:
        about = About(
            town, year, "XTS", f"Budget of an invented town, {year} (Kurak, the sample region)", invented=True
        )
        body = (SAMPLE / f"town/{year}.csv").read_bytes()
        publish(budget=bring(data=body, name=f"{year}.csv", about=about, by=None).budget, by=None)


def moderate(folder: str, conversation: Any, *, by: Any) -> None:
    """The moderator's decisions, made anew, so that the published log has them."""
    from kurak.dialogue.conversations.moderation.actions import merge, reject

    statements = {each.number: each for each in conversation.statements.all()}
    for each in declared(f"{folder}/decisions.json"):
        statement = statements[each["statement"]]
        if each["verb"] == "merged":
            merge(statement=statement, into=statements[each["into"]], by=by)
        else:
            reject(statement=statement, by=by, reason=each["reason"], note=each["note"])


def keep(password: str, names: list[str]) -> None:
    """Write down how to sign in, where only the owner of the platform can read it."""
    from django.conf import settings

    path = Path(settings.HOME) / KEPT_IN
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(f"Sign in as {', '.join(names)} with the password {password}\n")


def sign_in() -> str:
    """What to tell whoever started the platform; empty where the sample's accounts are not there."""
    from django.conf import settings

    from kurak.ground.people.models import Person

    path = Path(settings.HOME) / KEPT_IN
    there = path.exists() and Person.objects.filter(username="coordinator").exists()
    return path.read_text(encoding="utf-8").strip() if there else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
