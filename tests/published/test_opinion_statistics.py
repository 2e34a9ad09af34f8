"""Statistics against published figures: three real conversations, given the published groups and those of a peer."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from kurak.engines.opinion.consensus import consensus, group_aware
from kurak.engines.opinion.priorities import extremity, priorities
from kurak.engines.opinion.representative import representative
from kurak.engines.opinion.statistics import describe
from kurak.engines.opinion.tally import Tally, tally, tally_all
from kurak.engines.opinion.votes import collect

DATA = Path(__file__).parents[2] / "../shared/data/opinion"
CONVERSATIONS = ("brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx")
GROUPINGS = {"polis_groups": "polis_group_id", "red_dwarf": "red_dwarf_group_id"}

pytestmark = pytest.mark.published
every_conversation = pytest.mark.parametrize("name", CONVERSATIONS)
every_grouping = pytest.mark.parametrize("grouping", GROUPINGS)


def rows(name, *path):
    file = (DATA / name).joinpath(*path)
    if not file.exists():
        pytest.skip(f"published figures of {name} are not here: {'/'.join(path)}")
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


@cache
def votes_of(name):
    events = rows(name, "votes.csv")
    column = {key: [int(event[key]) for event in events] for key in ("voter-id", "comment-id", "vote", "timestamp")}
    return collect(column["voter-id"], column["comment-id"], column["vote"], column["timestamp"])


@cache
def groups_of(name, grouping):
    """(group of each person, number of groups) as published."""
    published = {int(r["participant"]): r[GROUPINGS[grouping]] for r in rows(name, "reference", "groups.csv")}
    group = np.array([int(float(published.get(p) or -1)) for p in votes_of(name).participants.tolist()])
    return group, int(group.max()) + 1


@cache
def moderated_out(name):
    out = {int(r["comment-id"]) for r in rows(name, "comments.csv") if r["moderated"] == "-1"}
    return np.array([s in out for s in votes_of(name).statements.tolist()])


def listed(name, file):
    rows(name, "votes.csv")
    return json.loads((DATA / name / "reference" / file).read_text(encoding="utf-8"))


def published_columns(name, file, *columns):
    """Columns as arrays in the order of our statements."""
    by_id = {int(r["statement_id"]): r for r in rows(name, "reference", file)}
    ordered = [by_id[s] for s in votes_of(name).statements.tolist()]
    return [np.array([float(r[c]) for r in ordered]) for c in columns]


@every_grouping
@every_conversation
def test_every_group_statistic_is_equal_to_the_last_digit_of_the_file(name, grouping):
    file = {"polis_groups": "polis_groups_stats.csv", "red_dwarf": "red_dwarf_group_stats.csv"}[grouping]
    s = describe(tally(votes_of(name), *groups_of(name, grouping)))
    column = {statement: j for j, statement in enumerate(votes_of(name).statements.tolist())}
    ours = {"na": s.tally.agree, "nd": s.tally.disagree, "ns": s.tally.seen}
    ours |= {"pa": s.agree.share, "pat": s.agree.test, "ra": s.agree.ratio, "rat": s.agree.ratio_test}
    ours |= {"pd": s.disagree.share, "pdt": s.disagree.test, "rd": s.disagree.ratio, "rdt": s.disagree.ratio_test}
    for r in rows(name, "reference", file):
        cell = int(float(r["group_id"])), column[int(r["statement_id"])]
        for key, table in ours.items():
            assert f"{table[cell]:.10g}" == r[key], (cell, key)  # ten digits, as written


@every_grouping
@every_conversation
def test_representative_lists_are_the_published_ones_in_order(name, grouping):
    s = describe(tally(votes_of(name), *groups_of(name, grouping)))
    published = listed(name, f"{grouping}_repness.json")
    ids = votes_of(name).statements
    for g, entries in enumerate(representative(s, moderated_out(name))):
        for ours, theirs in zip(entries, published[str(g)], strict=True):
            assert ids[ours.statement] == theirs["tid"]
            assert ("agree" if ours.agrees else "disagree") == theirs["repful-for"]
            assert ours.best_agree == theirs.get("best-agree", False)
            numbers = (ours.count, ours.seen, ours.share, ours.test, ours.ratio, ours.ratio_test)
            keys = ("n-success", "n-trials", "p-success", "p-test", "repness", "repness-test")
            assert numbers == pytest.approx([theirs[key] for key in keys], rel=1e-12)


@every_conversation
def test_consensus_lists_are_the_published_ones_in_order(name):
    ours = consensus(tally_all(votes_of(name)), moderated_out(name))
    published = listed(name, "red_dwarf_consensus.json")
    for direction, entries in (("agree", ours.agree), ("disagree", ours.disagree)):
        assert [votes_of(name).statements[e.statement] for e in entries] == [p["tid"] for p in published[direction]]
        keys = ("n-success", "n-trials", "p-success", "p-test")
        for e, p in zip(entries, published[direction], strict=True):
            assert (e.count, e.seen, e.share, e.test) == pytest.approx([p[key] for key in keys], rel=1e-12)


@every_conversation
def test_group_aware_consensus_is_the_published_one(name):
    t = tally(votes_of(name), *groups_of(name, "polis_groups"))
    keys = "group-aware-consensus-agree", "group-aware-consensus-disagree"
    agree, disagree = published_columns(name, "polis_groups_consensus.csv", *keys)
    assert group_aware(t) == pytest.approx(agree, rel=1e-9)
    assert group_aware(Tally(t.disagree, t.agree, t.seen)) == pytest.approx(disagree, rel=1e-9)


@every_conversation
def test_priorities_are_the_published_ones_given_their_extremities(name):
    extremes, published = published_columns(name, "statements.csv", "extremity", "priority")
    ours = priorities(tally(votes_of(name), *groups_of(name, "red_dwarf")), extremes)
    assert ours == pytest.approx(published, rel=1e-9)


@every_conversation
def test_extremities_are_the_published_ones_given_their_axes(name):
    mean, first, second, published = published_columns(name, "statements.csv", "mean", "pc1", "pc2", "extremity")
    assert extremity(mean, np.stack([first, second], axis=1)) == pytest.approx(published, rel=1e-8, abs=1e-12)
