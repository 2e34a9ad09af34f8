"""kill -9 in the middle of an import: nothing of it stays. In a process and a database of its own."""

import os
import sqlite3
import subprocess
import sys

from tests.factories.folders import a_folder

DIES = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from kurak.dialogue.conversations.exchange import actions
from kurak.ground.places.models import Place
call_command("migrate", verbosity=0, skip_checks=True)
Place.objects.create(code="001", kind="world")
actions.packed = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # votes are written by now, and not committed
actions.import_folder(folder=sys.argv[1])
"""


def test_a_kill_in_the_middle_leaves_nothing(tmp_path):
    folder = a_folder(tmp_path / "talk")
    environment = {**os.environ, "KURAK_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kurak.web.settings"}
    environment.pop("DATABASE_URL", None)
    died = subprocess.run([sys.executable, "-c", DIES, str(folder)], env=environment, capture_output=True, text=True)
    assert died.returncode == -9, died.stderr
    with sqlite3.connect(tmp_path / "kurak.sqlite3") as database:
        tables = ("conversation", "participant", "statement", "vote", "historicalconversation")
        counts = [database.execute(f"SELECT count(*) FROM dialogue_{table}").fetchone()[0] for table in tables]
        acts = database.execute("SELECT count(*) FROM ground_act").fetchone()[0]
    database.close()
    assert counts == [0] * len(tables)
    assert acts == 0
