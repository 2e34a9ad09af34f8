"""Published tables can be taken away as CSV, JSON, Parquet and a data package that agree with one another."""

import csv
import datetime as dt
import io
import json

import pytest

from kurak.ground.loading import load_ground
from kurak.ground.publishing.tables import Column, published
from kurak.ground.publishing.writing import BATCH, as_csv, as_json, as_parquet

COLUMNS = (
    Column("text", ""), Column("n", "", "integer"), Column("x", "", "number"),
    Column("yes", "", "boolean"), Column("day", "", "date"), Column("at", "", "datetime"),
)  # fmt: skip
MOMENT = dt.datetime(2026, 5, 4, 3, 2, 1, tzinfo=dt.UTC)
ROWS = [
    ('=cmd|"/c calc"!A1', -5, 0.25, True, dt.date(2026, 5, 4), MOMENT),
    ("", None, None, None, None, None),
    (None, 1, 1e300, False, dt.date(1945, 1, 1), MOMENT),
    ('quotes " and, commas\nand lines ы', 2**40, -1.5, True, dt.date(2026, 5, 4), MOMENT),
]


def read(body, form, tmp_path):
    import duckdb

    (tmp_path / "file").write_bytes(body)
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT * FROM read_{form}(?)", [str(tmp_path / "file")]).fetchall()


def test_parquet_keeps_types_missing_values_and_empty_texts_apart(tmp_path):
    rows = read(b"".join(as_parquet(COLUMNS, ROWS)), "parquet", tmp_path)
    assert [row[:5] for row in rows] == [row[:5] for row in ROWS]
    assert rows[0][5] == MOMENT.replace(tzinfo=None)


def test_no_text_of_a_csv_is_run_by_a_spreadsheet():
    written = b"".join(as_csv(COLUMNS, ROWS)).decode()
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    risky = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert risky == ["-5", "-1.5"]


def test_json_reads_back_as_it_was():
    read_back = json.loads(b"".join(as_json(COLUMNS, ROWS)))
    assert [row["text"] for row in read_back] == [row[0] for row in ROWS]
    assert json.loads(b"".join(as_json(COLUMNS, []))) == []


def test_a_long_table_is_sent_in_pieces():
    pieces = list(as_csv(COLUMNS[:2], ((str(n), n) for n in range(3 * BATCH))))
    assert len(pieces) == 4
    assert json.loads(b"".join(as_json(COLUMNS[:2], ((str(n), n) for n in range(3 * BATCH)))))[-1]["n"] == 3 * BATCH - 1


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_every_table_downloads_in_every_form_with_as_many_rows(client, tmp_path, form):
    load_ground()
    for table in published():
        answer = client.get(f"/data/{table.code}.{form}")
        body = b"".join(answer.streaming_content)
        many = len(list(table.rows()))
        found = json.loads(body) if form == "json" else None
        found = list(csv.DictReader(io.StringIO(body.decode()))) if form == "csv" else found
        assert len(found if found is not None else read(body, "parquet", tmp_path)) == many, table.code


@pytest.mark.django_db
def test_the_data_package_lists_every_table_with_its_columns(client):
    described = client.get("/data/datapackage.json").json()
    assert [each["name"] for each in described["resources"]] == [table.code for table in published()]
    measures = next(each for each in described["resources"] if each["name"] == "measures")
    assert measures["path"] == "http://testserver/data/measures.csv"
    assert {"name": "value", "type": "number"}.items() <= measures["schema"]["fields"][6].items()


@pytest.mark.django_db
def test_whoever_has_it_already_is_told_so_until_it_changes(client):
    load_ground()
    tag = client.get("/data/themes.csv").headers["ETag"]
    assert client.get("/data/themes.csv", headers={"If-None-Match": tag}).status_code == 304
    assert client.head("/data/themes.csv").content == b""
    from kurak.ground.themes.models import Theme

    Theme.objects.first().delete()
    assert client.get("/data/themes.csv", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.django_db
def test_a_table_that_is_not_there_is_missing(client):
    assert client.get("/data/participants.csv").status_code == 404
