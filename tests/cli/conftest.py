"""Small votes on disk, as people bring them."""

import csv

import pytest

EVENTS = ("timestamp", "datetime", "comment-id", "voter-id", "vote")


def camp_votes(people=60, statements=10):
    """Two camps that disagree on all but the last two statements: (timestamp, datetime, statement, person, vote)."""
    for p in range(people):
        for s in range(statements):
            side = 1 if p % 3 else -1
            vote = 1 if s >= statements - 2 else side * (1 if s % 2 else -1)
            yield 1_700_000_000_000 + p * 1000 + s, "", s, p, 0 if (p * 7 + s) % 11 == 0 else vote


def table(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return path


@pytest.fixture
def votes_file(tmp_path):
    return table(tmp_path / "votes.csv", EVENTS, camp_votes())


@pytest.fixture
def statements_file(tmp_path):
    rows = [(0, "", s, 0, 0, 0, -1 if s == 3 else 1, f"Statement {s},\nover two lines") for s in range(10)]
    rows.append((0, "", 12, 0, 0, 0, 0, "=HYPERLINK(nobody has voted on this)"))
    header = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
    return table(tmp_path / "comments.csv", header, rows)
