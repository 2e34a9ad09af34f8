"""Every setting that the environment may give: one table, from which the reference page is made."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    help: str


SETTINGS = (
    Setting(
        "KURAK_PRODUCTION", "", "1: refuse to start without the settings that the open internet needs; HTTPS only."
    ),
    Setting("KURAK_HOME", "var", "Folder of the database, the secret key and generated files."),
    Setting(
        "KURAK_SECRET_KEY",
        "",
        "Secret of sessions and seals. Made and kept in KURAK_HOME if not given; required in production.",
    ),
    Setting("KURAK_HOSTS", "", "Host names the platform answers to, separated by commas. Required in production."),
    Setting(
        "KURAK_LIVE_URL",
        "",
        "Where live streams are served, such as /live/ behind a proxy. Empty: the port after PORT.",
    ),
    Setting("KURAK_EXIT_URL", "https://www.google.com/search?q=weather", "Where the quick exit leads."),
    Setting("KURAK_MAIL_URL", "", "SMTP server: smtp://user:password@host:587. Empty: mail is written to the log."),
    Setting("KURAK_MAIL_FROM", "kurak@localhost", "Sender of mail."),
    Setting("DATABASE_URL", "", "postgresql://user:password@host:5432/name. Empty: SQLite in KURAK_HOME."),
    Setting("PORT", "8000", "Port of pages and API when started with make run."),
)


def value(name: str) -> str:
    """What the environment says, or the default of the table."""
    for setting in SETTINGS:
        if setting.name == name:
            return os.environ.get(name, setting.default)
    raise ImproperlyConfigured(f"{name} is not in the table of settings (kurak/web/environment.py)")


def flag(name: str) -> bool:
    return value(name).lower() in {"1", "true", "yes", "on"}


def secret_key(home: Path, *, production: bool) -> str:
    """The given key, or one made on first use and kept where only the owner can read it."""
    if given := value("KURAK_SECRET_KEY"):
        return given
    if production:
        raise ImproperlyConfigured("Set KURAK_SECRET_KEY: python -c 'import secrets; print(secrets.token_urlsafe(50))'")
    kept = home / "secret.key"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:  # another process of the same start was first
            pass
    return kept.read_text()


def database(home: Path, *, asgi: bool) -> dict[str, object]:
    """Django's database settings for DATABASE_URL, or SQLite in the home folder."""
    url = value("DATABASE_URL")
    if not url:
        return sqlite(home / "kurak.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with {parts.scheme!r}; use postgresql:// or leave it out for SQLite"
        )
    options: dict[str, object] = dict(parse_qsl(parts.query))
    if asgi:  # every request has a thread context of its own there: a pool, not persistent connections
        options["pool"] = {"min_size": 2, "max_size": 8}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if asgi else None,
    }


def sqlite(path: Path) -> dict[str, object]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a deferred transaction that reads first fails when two write
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA mmap_size=134217728;PRAGMA cache_size=-8000;"
            # Moving the log into the database waits for the disk: every 40 MB, not every 4 in the middle of a rush.
            "PRAGMA wal_autocheckpoint=10000",
        },
    }
