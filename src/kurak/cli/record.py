"""kurak record: whether the record of what staff did is whole."""

from __future__ import annotations

import argparse
import os


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kurak record", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("verify", help="reckon every seal again; exit code 1 if an act was changed, added or taken out")
    parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    return verify()


def verify() -> int:
    from kurak.ground.safety.queries import verify_chain

    verdict = verify_chain()
    if verdict.whole:
        print(f"The record is whole: {verdict.acts} acts.")
        return 0
    where = (
        f"act {verdict.broken_at} does not fit the one before" if verdict.broken_at else "acts are missing at the end"
    )
    print(f"The record is broken: {where}. {verdict.acts} acts before that are as they were written.")
    return 1
