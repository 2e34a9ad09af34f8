"""What the engine sees in the sample: a visitor finds groups, something that unites and something that divides."""

import csv
from pathlib import Path

import numpy as np
import pytest

import kurak
from kurak.engines import opinion
from kurak.engines.opinion.integrity import inspect

SAMPLE = Path(kurak.__file__).parent / "sample"
FOLDERS = ["water", "schools"]


def votes_of(folder: str) -> np.ndarray:
    """(e, 4): statement, person, vote, seconds."""
    with (SAMPLE / folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = ("comment-id", "voter-id", "vote", "timestamp")
    return np.array([[int(row[name]) for name in wanted] for row in rows])


def drawn(folder: str) -> tuple[opinion.Votes, opinion.Picture]:
    statement, person, vote, time = votes_of(folder).T
    votes = opinion.collect(person, statement, vote, time)
    return votes, opinion.draw(votes)


@pytest.mark.parametrize("folder", FOLDERS)
def test_there_are_groups_that_something_unites_and_something_divides(folder):
    _votes, picture = drawn(folder)
    found = opinion.findings(picture.tally)
    assert picture.k >= 2
    assert len([each for each in found.unites if each.said]) >= 5
    assert len([each for each in found.divides if each.said]) >= 3


@pytest.mark.parametrize("folder", FOLDERS)
def test_planted_patterns_are_flagged(folder):
    votes, picture = drawn(folder)
    _statement, person, _vote, time = votes_of(folder).T
    row = np.searchsorted(votes.participants, person)
    flags = inspect(votes, event_person=row, event_time=time / 1000, group=picture.group).flags
    assert {"all-agree", "alike", "too-fast"} <= {flag.reason for flag in flags}
    assert any(len(flag.with_) == 3 for flag in flags)
    assert len(flags) < 10
