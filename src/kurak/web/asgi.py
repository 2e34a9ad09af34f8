"""Live streams only. Everything else is served by wsgi.py, which is two to five times faster at it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
os.environ["KURAK_PROCESS"] = "live"

import django

django.setup()

from kurak.dialogue.conversations.live import application  # noqa: E402

__all__ = ["application"]
