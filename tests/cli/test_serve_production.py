"""What must be said before the platform may be on the open internet is asked for in words, not in a traceback."""

import os
import subprocess
import sys

import pytest

GIVEN = {"KURAK_PRODUCTION": "1", "KURAK_SECRET_KEY": "x" * 60, "KURAK_HOSTS": "kurak.example.org"}


@pytest.mark.parametrize("missing", ["KURAK_SECRET_KEY", "KURAK_HOSTS"])
def test_a_missing_setting_is_named(tmp_path, missing):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KURAK_")}
    given = {name: value for name, value in GIVEN.items() if name != missing}
    words = [sys.executable, "-m", "kurak.cli.main", "worker", "--once"]
    environment = {**kept, **given, "KURAK_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kurak.web.settings"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert missing in done.stderr
    assert "Traceback" not in done.stderr
