"""The platform's own settings, with a home that ends with the process and nothing that slows tests."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="kurak-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
(_home / "static").mkdir()
# What the machine's own settings say is not for tests. DATABASE_URL is: tests/run gives it for the second round.
for _name in [name for name in os.environ if name.startswith("KURAK_")]:
    if not _name.startswith("KURAK_TEST_"):
        del os.environ[_name]
os.environ["KURAK_HOME"] = str(_home)
os.environ["KURAK_SECRET_KEY"] = "a key for tests, and only for tests, long enough for every check of Django"

from kurak.cli.messages import compile_stale  # noqa: E402
from kurak.web.settings import *  # noqa: E402, F403

compile_stale()  # the compiled catalogues are not in git

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
