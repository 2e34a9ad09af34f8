"""kurak indicators, as somebody at a terminal uses it."""

import pytest

from kurak.cli.main import main
from kurak.commitments.indicators.models import Batch
from tests.factories.indicators import a_table
from tests.factories.people import a_person
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def file(tmp_path):
    a_place()
    path = tmp_path / "wells.csv"
    path.write_bytes(a_table("wells,KG,2020,5,NUMBER,,", "wells,KG,2021,many,NUMBER,,"))
    return path


def test_importing_tells_what_came_of_it_line_by_line(file, capsys):
    assert main(["indicators", "import", str(file), "--place", "KG"]) == 1
    told = capsys.readouterr().out
    assert "2 rows read, 1 new" in told
    assert "line 3: value 'many'" in told


def test_an_account_without_rights_is_refused(file, capsys):
    a_person("visitor")
    assert main(["indicators", "import", str(file), "--place", "KG", "--as", "visitor"]) == 2
    assert "indicators.not_here" in capsys.readouterr().err
    assert not Batch.objects.exists()


def test_a_file_that_is_not_there_is_named(capsys):
    assert main(["indicators", "import", "/nowhere.csv"]) == 2
    assert "/nowhere.csv" in capsys.readouterr().err


def test_what_was_brought_in_is_listed_and_given_out(file, capsysbinary, tmp_path):
    main(["indicators", "import", str(file), "--place", "KG"])
    main(["indicators", "list", "--place", "KG"])
    assert b"wells" in capsysbinary.readouterr().out
    main(["indicators", "export", "--indicator", "wells", "--form", "sdmx-csv", "--out", str(tmp_path / "out.csv")])
    assert b"wells,KG,2020,5.0" in (tmp_path / "out.csv").read_bytes()


def test_a_package_is_never_written_into_a_folder_that_is_there(file, tmp_path, capsys):
    assert main(["indicators", "export", "--form", "package", "--out", str(tmp_path)]) == 2
    assert "export.folder" in capsys.readouterr().err
