"""kurak people: the first coordinator of a place, named by whoever runs the machine; who holds what."""

from __future__ import annotations

import argparse
import os

from kurak.cli.problems import Problem


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kurak people", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    naming = verbs.add_parser("coordinator", help="make an account the coordinator of a place")
    naming.add_argument("name", metavar="NAME", help="name of the account, which must exist: sign up on the site first")
    naming.add_argument("--place", default="central-asia", metavar="CODE", help="code of the place (%(default)s)")
    verbs.add_parser("list", help="who holds which role where")
    chosen = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    return name_coordinator(chosen.name, chosen.place) if chosen.verb == "coordinator" else list_grants()


def name_coordinator(name: str, code: str) -> int:
    from kurak.ground.errors import Refused
    from kurak.ground.people import actions
    from kurak.ground.places.queries import place_called

    try:
        actions.found(person=actions.person_called(name), place=place_called(code))
    except Refused as refusal:
        raise Problem(refusal.code, str(refusal), "kurak people list shows the accounts that hold a role") from refusal
    print(f"{name} coordinates {code}. The desk opens when the account has a second factor.")
    return 0


def list_grants() -> int:
    from kurak.ground.people.models import Grant

    for grant in Grant.objects.select_related("person", "place").order_by("place__code", "role"):
        print(f"{grant.place.code:<14} {grant.role:<12} {grant.person.username}")
    return 0
