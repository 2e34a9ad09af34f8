"""What must be true before the platform can be served: tables, messages, static files, the ground's data."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kurak.cli import messages


def prepare(*, sample: bool) -> str:
    """Make everything ready; what there is to tell whoever started it (the sample's sign-in details)."""
    messages.compile_stale()
    import django

    django.setup()
    migrate()
    collect_static()
    load_ground()
    load_instruments()
    load_agendas()
    return offer_sample() if sample else ""


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Making the database ready ...", flush=True)
        call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Hashed and compressed copies of the static files, made anew only when a file has changed."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    print("Collecting static files ...", flush=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    files = sorted(
        (name, stat.st_size, stat.st_mtime_ns)
        for finder in get_finders()
        for name, storage in finder.list([])
        for stat in [Path(storage.path(name)).stat()]
    )
    return hashlib.sha256(repr(files).encode()).hexdigest()


def load_ground() -> None:
    from kurak.ground import loading
    from kurak.ground.places.models import Place

    if not Place.objects.exists():
        print("Loading places, themes and figures ...", flush=True)
        loading.load_ground()


def load_instruments() -> None:
    """The definitions that come with the platform. One that has mistakes is told and left out."""
    from kurak.instruments import loading

    brought, problems = loading.load_instruments()
    if brought:
        print(f"Loaded {len(brought)} instruments.", flush=True)
    for problem in problems:
        print(f"Not loaded: {problem}", flush=True)


def load_agendas() -> None:
    """The agendas that come with the platform. One that has mistakes is told and left out."""
    from kurak.commitments import loading

    brought, problems = loading.load_agendas()
    if brought:
        print(f"Loaded {len(brought)} agendas.", flush=True)
    for problem in problems:
        print(f"Not loaded: {problem}", flush=True)


def offer_sample() -> str:
    """The sample region, where there is no conversation yet; how to sign in to it."""
    from kurak.cli.sample import offer

    print("Loading the sample region, if the platform is empty ...", flush=True)
    return offer()
