"""What must be true before the platform can be served: tables, messages, static files, the ground's data."""

from __future__ import annotations

import hashlib
import importlib
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
    return load_sample() if sample else ""


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


# What fills an empty database: (module, function). A founder of a room adds a line here.
GROUND = (("kurak.ground.places.actions", "load"), ("kurak.ground.themes.actions", "load"))
SAMPLE = ("kurak.dialogue.conversations.exchange.sample", "load")


def load_ground() -> None:
    from kurak.ground.places.models import Place

    if Place.objects.exists():
        return
    print("Loading places and themes ...", flush=True)
    for module, name in GROUND:
        if (load := found(module, name)) is not None:
            load()


def load_sample() -> str:
    from kurak.dialogue.conversations.models import Conversation

    if Conversation.objects.exists() or (load := found(*SAMPLE)) is None:
        return ""
    print("Loading the sample region ...", flush=True)
    return str(load() or "")


def found(module: str, name: str):
    try:
        return getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError as problem:
        if problem.name and module.startswith(problem.name):
            return None
        raise
