"""The data package: complete, typed, hashed, licensed."""

import csv
import hashlib
import json

import duckdb
import pytest

from kurak.dialogue.conversations.exchange.actions import import_folder
from kurak.dialogue.conversations.exchange.package import write_package
from kurak.dialogue.conversations.models import Picture
from tests.factories.folders import COMMENTS, a_folder

pytestmark = pytest.mark.usefixtures("world")
SHOWN = {
    "clear": True,
    "groups": [{"label": 0, "people": 12}, {"label": 1, "people": 8}],
    "rows": [{"number": 0, "all": [11, 5, 20], "groups": [[10, 1, 12], [1, 4, 8]]}],
    "unites": [],
    "divides": [
        {"statement": 0, "group": 0, "against": 1, "side": "agree", "n": 20, "size": 0.7, "low": 0.4, "high": 0.9}
    ],
    "stands_for": [[], []],
}


@pytest.fixture
def package(tmp_path):
    files = {"comments.csv": COMMENTS.replace("Ҳаво тоза бошад", "=1+1")}
    conversation = import_folder(
        folder=a_folder(tmp_path / "in", files), licence="CC-BY-4.0", source="https://a.example"
    ).conversation
    Picture.objects.create(conversation=conversation, shown=SHOWN)
    (tmp_path / "out").mkdir()
    write_package(conversation, tmp_path / "out")
    return tmp_path / "out"


def described(package):
    return json.loads((package / "datapackage.json").read_text())


def test_every_resource_has_its_size_and_its_hash(package):
    for resource in described(package)["resources"]:
        content = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_table_is_there_as_csv_and_as_parquet(package):
    names = {resource["path"] for resource in described(package)["resources"]}
    tables = ("votes", "comments", "participants", "statistics", "groups", "findings")
    assert names == {f"{table}.{kind}" for table in tables for kind in ("csv", "parquet")}


def test_the_schema_names_the_columns_of_the_file_in_order(package):
    for resource in described(package)["resources"]:
        if resource["format"] == "csv":
            with (package / resource["path"]).open(encoding="utf-8", newline="") as file:
                assert [each["name"] for each in resource["schema"]["fields"]] == next(csv.reader(file))


def test_licence_and_source_are_told(package):
    told = described(package)
    assert told["licenses"][0]["path"].startswith("https://creativecommons.org/")
    assert told["sources"][0]["path"] == "https://a.example"


def test_parquet_has_types_and_bare_words(package):
    rows = duckdb.sql(
        f"""SELECT "comment-id", "comment-body" FROM '{package}/comments.parquet' ORDER BY 1"""
    ).fetchall()
    assert rows == [(0, "Two lines\nof one statement"), (1, "Clean water, first of all."), (2, "=1+1")]


def test_groups_and_findings_of_the_picture_are_tables(package):
    assert (package / "statistics.csv").read_text().splitlines()[1:] == ["0,all,11,5,20", "0,0,10,1,12", "0,1,1,4,8"]
    assert (package / "findings.csv").read_text().splitlines()[1:] == ["divides,0,0,agree,0.7,0.4,0.9,20"]


def test_an_unknown_licence_is_not_made_up(tmp_path):
    conversation = import_folder(folder=a_folder(tmp_path / "in")).conversation
    (tmp_path / "out").mkdir()
    write_package(conversation, tmp_path / "out")
    assert described(tmp_path / "out")["licenses"] == []
