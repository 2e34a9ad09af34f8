"""The house's own rules, checked on the house."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/kurak"


def test_imports_point_down():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", "pyproject.toml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    told = StringIO()
    try:
        rooms = ("ground", "instruments", "commitments", "dialogue")
        call_command("makemigrations", *rooms, check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(f"run manage.py makemigrations ROOM -n NAME:\n{told.getvalue()}")


def in_production(**environment: str) -> subprocess.CompletedProcess:
    """Django's own check, with production settings, in a process of its own."""
    script = "import django; django.setup(); from django.core.management import call_command as c; "
    script += "c('check', deploy=True, fail_level='WARNING')"
    settings = {"DJANGO_SETTINGS_MODULE": "kurak.web.settings", "KURAK_PRODUCTION": "1", "PATH": "/usr/bin:/bin"}
    environment = {**settings, "PYTHONPATH": str(ROOT / "src"), **environment}
    return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)


def test_production_settings_pass_djangos_deployment_check(tmp_path):
    secret = "a secret key that is long and has many different characters 0123456789!"
    smtp = "smtp://kurak:secret@mail.example.org:587"
    done = in_production(
        KURAK_HOME=str(tmp_path), KURAK_SECRET_KEY=secret, KURAK_HOSTS="kurak.example.org", KURAK_MAIL_URL=smtp
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [({}, "KURAK_SECRET_KEY"), ({"KURAK_SECRET_KEY": "x" * 60}, "KURAK_HOSTS")],
)
def test_production_refuses_to_start_without_what_it_needs(tmp_path, given, wanted):
    done = in_production(KURAK_HOME=str(tmp_path), **given)
    assert done.returncode != 0
    assert f"Set {wanted}" in done.stderr


def test_production_knows_no_sample_accounts(tmp_path):
    script = "from django.conf import settings; assert settings.SAMPLE_STAFF == set(), settings.SAMPLE_STAFF"
    environment = {
        "DJANGO_SETTINGS_MODULE": "kurak.web.settings", "KURAK_PRODUCTION": "1", "KURAK_HOME": str(tmp_path),
        "KURAK_SECRET_KEY": "x" * 60, "KURAK_HOSTS": "kurak.example.org", "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 0


def test_engines_load_without_django():
    script = "import kurak.engines.opinion, sys; assert not [name for name in sys.modules if name.startswith('django')]"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT / "src", check=False).returncode == 0


def test_files_are_of_a_size_that_can_be_read(record_property):
    """A habit, not a rule: told in the report, and a failure only where nobody could call it a habit any more."""
    written = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    long = {path: size for path, size in sizes.items() if size > 300}
    record_property("files over 300 lines", long)
    assert not {path: size for path, size in long.items() if size > 500}
