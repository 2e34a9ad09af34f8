"""kurak ground load: bring the declared places, themes, quantities, figures and agendas into the database."""

from __future__ import annotations

import argparse
import os


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kurak ground", description=__doc__)
    nouns = parser.add_subparsers(required=True, metavar="load")
    loading = nouns.add_parser("load", help="create or renew what the data files declare; may be run again at any time")
    loading.set_defaults(run=lambda _given: load())
    given = parser.parse_args(words)
    return given.run(given)


def load() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    from kurak.ground.loading import load_ground

    for what, many in load_ground().items():
        print(f"{many:6} {what}")
    return load_agendas()


def load_agendas() -> int:
    from kurak.commitments import loading

    brought, problems = loading.load_agendas()
    print(f"{len(brought):6} agendas brought or renewed")
    for problem in problems:
        print(f"Not loaded: {problem}")
    return 1 if problems else 0
