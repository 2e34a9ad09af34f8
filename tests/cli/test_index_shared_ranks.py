"""kurak index verify: a rank that several share is often printed with a sign, `=1`, and is compared all the same."""

import json

import pytest

from kurak.cli.main import main
from tests.cli.conftest import table

HEADER = ("iso3", "readiness", "vulnerability", "gain", "rank")


def verdict(tmp_path, capsys, third):
    rows = [("AAA", 0.6, 0.4, 60, "=1"), ("BBB", 0.6, 0.4, 60, "=1"), ("CCC", 0.5, 0.4, 55, third)]
    code = main(["index", "verify", "nd-gain-2025-03", str(table(tmp_path / "gain.csv", HEADER, rows)), "--json"])
    ranks = next(each for each in json.loads(capsys.readouterr().out)["nodes"] if each["of"] == "rank")
    return code, ranks["rows"], len(ranks["off"]) + len(ranks["known_to_differ"])


@pytest.mark.parametrize(("third", "expected"), [("3", 0), ("=3", 0), ("=2", 1)])
def test_a_shared_rank_is_compared(tmp_path, capsys, third, expected):
    assert verdict(tmp_path, capsys, third)[1:] == (3, expected)
