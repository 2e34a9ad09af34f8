"""Pages and API."""

import os
from importlib import import_module
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
application = get_wsgi_application()
# The engine takes a second to load: let the first visitor not be the one who waits for it.
Thread(target=import_module, args=["kurak.engines.opinion"], daemon=True).start()
