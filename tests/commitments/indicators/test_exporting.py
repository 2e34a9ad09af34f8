"""What is given out can be brought in again, and says the same."""

import csv
import io
import json
import zipfile

import pytest

from kurak.commitments.indicators import exporting, queries
from kurak.commitments.indicators.actions import bring_file
from tests.factories.indicators import ORIGIN, brought, read

pytestmark = pytest.mark.django_db
ROWS = ("A,KG,2020,5.25,PT,,", "A,KG,2020,6,PT,F,Y0T4", "A,KG,2021,<7,PT,,", "B,KG,2020-Q2,1,NUMBER,,")


def out(form: str) -> bytes:
    brought(*ROWS)
    return b"".join(exporting.written(queries.measures_of(), form))


@pytest.mark.parametrize("form", ["csv", "hxl", "sdmx-csv", "sdmx-ml"])
def test_bringing_in_what_was_given_out_says_nothing_new(form):
    batch = bring_file(data=out(form), file="again", origin=ORIGIN, by=None)
    assert (batch.read, batch.unchanged, batch.new, batch.superseding, batch.refused) == (4, 4, 0, 0, 0)


def test_sdmx_csv_has_a_column_for_each_part_and_t_for_everybody():
    rows = list(csv.DictReader(io.StringIO(out("sdmx-csv").decode())))
    assert [(row["SEX"], row["AGE"]) for row in rows] == [("_T", "_T"), ("_T", "_T"), ("F", "Y0T4"), ("_T", "_T")]
    assert {row["DATAFLOW"] for row in rows} == {"KURAK:DF_INDICATORS(1.0)"}


def test_the_second_row_of_hxl_has_a_tag_for_each_column():
    head, tags, *_rows = out("hxl").decode().splitlines()
    assert len(head.split(",")) == len(tags.split(","))
    assert all(tag.startswith("#") for tag in tags.split(","))


def test_sdmx_ml_is_read_as_one_series_a_line():
    data = out("sdmx-ml")
    rows, report = read(data)
    assert report.form == "sdmx-ml-2.1-structure-specific"
    assert data.count(b"<Series ") == 3
    assert [row.time for row in rows] == ["2020", "2021", "2020", "2020-Q2"]


def test_a_package_is_sent_as_one_archive():
    brought(*ROWS)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(exporting.written(queries.measures_of(), "package"))))
    assert archive.namelist() == ["datapackage.json", "indicators.csv", "observations.csv", "sources.csv"]
    assert archive.read("observations.csv").count(b"\n") == 5


def test_a_package_describes_every_column_of_every_file(tmp_path):
    brought(*ROWS)
    exporting.write_package(queries.measures_of("A"), tmp_path / "made")
    described = json.loads((tmp_path / "made" / "datapackage.json").read_text())
    assert [each["name"] for each in described["resources"]] == ["observations", "indicators", "sources"]
    for each in described["resources"]:
        with (tmp_path / "made" / each["path"]).open(newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [field["name"] for field in each["schema"]["fields"]]
        assert {row[0] for row in rows[1:]} == ({"nsc"} if each["name"] == "sources" else {"A"})
