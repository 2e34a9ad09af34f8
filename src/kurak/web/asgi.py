"""Live streams only. Everything else is served by wsgi.py, which is two to five times faster at it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
os.environ["KURAK_PROCESS"] = "live"

from django.core.asgi import get_asgi_application  # noqa: E402

application = get_asgi_application()
