"""The Polis method against published groups, and against an independent version of it."""

import csv
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from kurak.engines.opinion.polis import polis
from kurak.engines.opinion.votes import collect

DATA = Path(__file__).parents[2] / "../shared/data/opinion"

pytestmark = pytest.mark.published


def rows(name, *path):
    file = (DATA / name).joinpath(*path)
    if not file.exists():
        pytest.skip(f"published figures of {name} are not here: {'/'.join(path)}")
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def drawn(name):
    """Our Polis picture, its people in the order of their first vote."""
    events = rows(name, "votes.csv")
    columns = ("voter-id", "comment-id", "vote", "timestamp")
    person, statement, value, time = (np.array([int(e[c]) for e in events]) for c in columns)
    votes = collect(person, statement, value, time)
    first = np.full(votes.people, np.iinfo(np.int64).max)
    np.minimum.at(first, np.searchsorted(votes.participants, person), time)
    out = {int(r["comment-id"]) for r in rows(name, "comments.csv") if r["moderated"] == "-1"}
    hidden = np.isin(votes.statements, list(out))
    return polis(votes, left_out=hidden, order=np.argsort(first, kind="stable"))


def agreement(name, column):
    reference = [r[column] for r in rows(name, "reference", "groups.csv")]
    published = np.array([int(float(g or -1)) for g in reference])
    ours = drawn(name).group
    both = (published >= 0) & (ours >= 0)
    return adjusted_rand_score(published[both], ours[both])


@pytest.mark.parametrize("name", ["brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx"])
def test_groups_are_those_of_an_independent_version_of_the_method(name):
    assert agreement(name, "cold_start_group_id") == 1.0


@pytest.mark.parametrize(("name", "least"), [("scoop-hivemind.biodiversity", 0.9), ("vtaiwan.uberx", 0.8)])
def test_groups_are_near_the_published_ones_where_the_structure_is_strong(name, least):
    assert agreement(name, "polis_group_id") >= least


def test_positions_of_the_small_conversation_are_the_published_ones():
    reference = rows("brexit-consensus", "reference", "groups.csv")
    published = np.array([[float(r["x"]), float(r["y"])] for r in reference])
    ours = drawn("brexit-consensus").position
    mirrored = published * np.sign((ours * published).sum(axis=0))
    assert ours == pytest.approx(mirrored, abs=1e-6)


def test_extremities_of_the_small_conversation_are_the_published_ones():
    published = [float(r["extremity"]) for r in rows("brexit-consensus", "reference", "statements.csv")]
    assert drawn("brexit-consensus").axes.extremity == pytest.approx(published, abs=1e-6)
