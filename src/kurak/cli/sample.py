"""kurak sample: the sample region, so that a new platform shows a living picture within a minute."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "sample"
CONVERSATIONS = ("water", "schools")
KEPT_IN = "sample-sign-in.txt"  # in KURAK_HOME, readable by its owner only


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kurak sample", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    loading = verbs.add_parser("load", help="load organisations, accounts and conversations; what is there stays")
    loading.add_argument("--if-empty", action="store_true", help="load nothing where there is a conversation already")
    chosen = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    print(offer() if chosen.if_empty else load())
    return 0


def offer() -> str:
    """Load the sample into an empty platform. Returns how to sign in, as long as the sample's accounts are there."""
    from kurak.dialogue.conversations.models import Conversation

    return sign_in_details() if Conversation.objects.exists() else load()


def load() -> str:
    """Write all of the sample or nothing; a second time changes nothing. Returns how to sign in.

    On the open internet (KURAK_PRODUCTION) the accounts are left out: nobody should know a coordinator's name.
    """
    from django.conf import settings
    from django.db import transaction

    with transaction.atomic():
        load_ground()
        organisations = load_organisations()
        people = {} if settings.PRODUCTION else load_people(organisations)
        for folder in CONVERSATIONS:
            load_conversation(folder, organisations, by=people.get("facilitator"))
    return sign_in_details()


def declared(name: str) -> Any:
    return json.loads((SAMPLE / name).read_text(encoding="utf-8"))


def load_ground() -> None:
    from kurak.ground.places.actions import load_places
    from kurak.ground.places.models import Place
    from kurak.ground.themes.actions import load_themes
    from kurak.ground.themes.models import Theme

    if not Place.objects.filter(code="central-asia").exists():
        load_places()
    if not Theme.objects.filter(code="climate").exists():
        load_themes()


def load_organisations() -> dict[str, Any]:
    from kurak.ground.languages.text import Text
    from kurak.ground.people.models import Organisation
    from kurak.ground.places.models import Place

    found = {}
    for each in declared("organisations.json"):
        said = {"name": Text.from_json(each["name"]), "place": Place.objects.get(code=each["place"])}
        found[each["slug"]], _new = Organisation.objects.get_or_create(slug=each["slug"], defaults=said)
    return found


def load_people(organisations: dict[str, Any]) -> dict[str, Any]:
    """Accounts with one password, made up here. Somebody who has such a name already keeps their account as it is."""
    from kurak.ground.people.models import Grant, Membership, Person
    from kurak.ground.places.models import Place

    found, password = {}, secrets.token_urlsafe(9)
    for each in declared("people.json"):
        person = Person.objects.filter(username=each["username"]).first()
        if person is None:
            person = Person.objects.create_user(each["username"], password=password, language=each["language"])
            Grant.objects.create(person=person, role=each["role"], place=Place.objects.get(code=each["place"]))
            Membership.objects.create(person=person, organisation=organisations[each["organisation"]])
            found[each["username"]] = person
    if found:
        keep(password, list(found))
    return found


def load_conversation(folder: str, organisations: dict[str, Any], *, by: Any) -> None:
    from kurak.dialogue.conversations.exchange.actions import import_folder
    from kurak.dialogue.conversations.models import Conversation

    told = declared(f"{folder}/conversation.json")
    if Conversation.objects.filter(slug=told["slug"]).exists():
        return
    stored = import_folder(folder=SAMPLE / folder, by=by, phase=Conversation.Phase.OPEN).conversation
    Conversation.objects.filter(pk=stored.pk).update(organisation=organisations[told["organisation"]])


def keep(password: str, usernames: list[str]) -> None:
    """Write down how to sign in, where only the owner of the platform can read it."""
    from django.conf import settings

    path = Path(settings.HOME) / KEPT_IN
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(f"Sign in as {', '.join(usernames)} with the password {password}\n")


def sign_in_details() -> str:
    from django.conf import settings

    from kurak.ground.people.models import Person

    path = Path(settings.HOME) / KEPT_IN
    there = path.exists() and Person.objects.filter(username="coordinator").exists()
    return path.read_text(encoding="utf-8").strip() if there else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
