"""Files that rows of several rooms stand on."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from kurak.ground.files import storing
from kurak.ground.files.sending import to_save
from kurak.instruments.assessments.models import Evidence
from tests.factories.assessing import a_case


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def disk(monkeypatch, tmp_path):
    """Real files: other tests keep theirs in memory."""
    monkeypatch.setattr(storing, "default_storage", FileSystemStorage(tmp_path))
    return storing.default_storage


def test_the_same_bytes_are_kept_once():
    assert storing.keep(b"a report") == storing.keep(b"a report")


@pytest.mark.django_db
def test_a_file_goes_only_when_no_row_names_it(world):
    sha256 = storing.keep(b"a report")
    answer = a_case().own.answers.create(criterion="care")
    row = Evidence.objects.create(answer=answer, title="Report", sha256=sha256)
    assert storing.drop_unused([sha256]) == 0
    row.delete()
    assert storing.drop_unused([sha256]) == 1
    assert not default_storage.exists(storing.path_of(sha256))


def test_a_file_is_saved_and_never_opened():
    answer = to_save(storing.keep(b"a report"), name="report.txt", kind="text/plain")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.file_to_stream.close()


def test_what_was_half_written_when_the_machine_went_down_is_written_anew(disk):
    sha256 = storing.keep(b"a report")
    path = Path(disk.path(storing.path_of(sha256)))
    path.write_bytes(b"a re")
    assert storing.keep(b"a report") == sha256
    assert path.read_bytes() == b"a report"


def test_two_who_keep_the_same_bytes_at_once_leave_one_file(disk, monkeypatch, tmp_path):
    storing.keep(b"a report")
    looks, really = iter([False, False, False]), disk.exists  # the other had not begun when we looked
    monkeypatch.setattr(disk, "exists", lambda path: next(looks, really(path)))
    storing.keep(b"a report")
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1


@pytest.mark.django_db
def test_a_row_written_while_its_file_goes_gets_it_back(world, monkeypatch):
    sha256 = storing.keep(b"a report")
    answer = a_case().own.answers.create(criterion="care")
    delete = default_storage.delete

    def slowly(path):
        delete(path)
        Evidence.objects.create(answer=answer, title="Report", sha256=sha256)

    monkeypatch.setattr(default_storage, "delete", slowly)
    assert storing.drop_unused([sha256]) == 0
    with storing.open_file(sha256) as file:
        assert file.read() == b"a report"


@pytest.mark.django_db
def test_files_whose_row_was_never_written_go_after_a_day(disk, world):
    forgotten, named = storing.keep(b"nobody's"), storing.keep(b"a report")
    answer = a_case().own.answers.create(criterion="care")
    Evidence.objects.create(answer=answer, title="Report", sha256=named)
    now = timezone.now()
    assert storing.drop_forgotten(now - dt.timedelta(days=1)) == 0  # perhaps its row is just being written
    assert storing.drop_forgotten(now + dt.timedelta(minutes=1)) == 1
    there = [disk.exists(storing.path_of(each)) for each in (forgotten, named)]
    assert there == [False, True]
