"""The definitions that come with the platform, brought into the catalogue. Doing it twice is doing it once."""

from __future__ import annotations

from collections.abc import Iterator

from kurak.ground.errors import Refused
from kurak.instruments.catalogue.actions import bring
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.definitions.analysis import read, shipped
from kurak.instruments.definitions.problems import Misdeclared


def load_instruments() -> tuple[list[Edition], list[str]]:
    """What is new since the last time, and what could not be brought: a file with mistakes keeps nothing else out."""
    brought, problems = [], []
    for name, text in _changed():
        try:
            edition = bring(definition=read(text, name))
        except (Misdeclared, Refused) as problem:
            problems.append(f"{name}: {problem}")
        else:
            brought += [edition] if edition else []
    return brought, problems


def _changed() -> Iterator[tuple[str, str]]:
    """(name, text) of the files that are not in the catalogue as they are, older editions first."""
    rows = Edition.objects.filter(instrument__shipped=True).order_by("revision")
    kept = {(code, edition): text for code, edition, text in rows.values_list("instrument__code", "edition", "text")}
    for code, edition, file in reversed(shipped()):
        text = file.read_text(encoding="utf-8")
        if kept.get((code, edition)) != text:
            yield file.name, text
