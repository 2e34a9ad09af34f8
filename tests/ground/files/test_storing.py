"""Files that rows of several rooms stand on."""

import pytest
from django.core.files.storage import default_storage

from kurak.ground.files import storing
from kurak.ground.files.sending import to_save
from kurak.instruments.assessments.models import Evidence
from tests.factories.assessing import a_case


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


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
