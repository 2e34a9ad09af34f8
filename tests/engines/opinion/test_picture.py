"""Pictures: the same whatever the order, kept over a restart, going on from the one before, and one person's place."""

import importlib.util
import io
from pathlib import Path

import numpy as np
import pytest

from kurak.engines.opinion import Live, Picture, collect, draw, place, tally

spec = importlib.util.spec_from_file_location("simulated", Path(__file__).with_name("simulated.py"))
simulated = importlib.util.module_from_spec(spec)
spec.loader.exec_module(simulated)


@pytest.fixture(scope="module")
def votes():
    return simulated.camps([0.5, 0.3, 0.2], people=400, seed=11)[0]


@pytest.fixture(scope="module")
def picture(votes):
    return draw(votes)


def own(votes, person):
    cells = slice(int(votes.start[person]), int(votes.start[person + 1]))
    return votes.statements[votes.statement[cells]], votes.value[cells]


def test_nobody_and_nothing_make_an_empty_picture():
    assert draw(collect([], [], [])).k == 1
    assert draw(collect([], [], [], participants=[1, 2], statements=[3])).group.tolist() == [-1, -1]


def test_a_person_alone_stands_where_they_stand_in_the_picture(votes, picture):
    for person in range(0, 400, 40):
        here = place(picture, *own(votes, person))
        assert np.allclose(here.position, picture.position[person])
        assert here.group == picture.group[person]
        assert np.isclose(here.confidence, picture.confidence[person])


def test_a_person_with_too_few_votes_has_a_position_and_no_group(picture):
    here = place(picture, [1, 2], [1, -1])
    assert here.group == -1
    assert here.spread > place(picture, range(60), [1] * 60).spread


def test_a_restart_changes_nothing(votes, picture):
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **picture.state())
    file.seek(0)
    again = Picture.restore(dict(np.load(file, allow_pickle=False)))
    assert place(again, *own(votes, 7)) == place(picture, *own(votes, 7))
    assert np.array_equal(draw(votes, previous=again).position, draw(votes, previous=picture).position)


def test_a_state_of_another_format_is_refused(picture):
    other = picture.state() | {"small": np.array('{"format": 99}')}
    with pytest.raises(ValueError, match="draw anew"):
        Picture.restore(other)


def test_labels_and_directions_go_on_from_the_previous_picture(votes, picture):
    changed = draw(votes, previous=mirrored(picture))
    assert np.array_equal(changed.group, mirrored(picture).group)
    assert np.allclose(changed.position, mirrored(picture).position)


def mirrored(picture):
    """The same picture, upside down and with other labels."""
    state = picture.state()
    order = np.array([2, 0, 1])
    state["group"] = np.where(picture.group < 0, -1, order[picture.group])
    state["position"], state["axes.loading"] = -picture.position, -picture.axes.loading
    return Picture.restore(state)


def test_statements_left_out_say_nothing(votes, picture):
    out = votes.statements[:10]
    without = draw(votes, left_out=out)
    kept = votes.statement >= 10
    narrow = draw(collect(votes.row[kept], votes.statement[kept], votes.value[kept], participants=range(votes.people)))
    assert np.array_equal(without.position, narrow.position)
    assert np.all(without.loading[:10] == 0)


def test_counts_are_those_of_the_groups(votes, picture):
    counted = tally(votes, picture.group, picture.k)
    assert np.array_equal(picture.tally.agree, counted.agree)


def test_a_folded_vote_leaves_the_picture_as_if_it_had_been_there(votes, picture):
    live = Live(picture, votes)
    rng = np.random.default_rng(4)
    for _ in range(200):
        live.fold(
            participant=int(rng.integers(410)), statement=int(rng.integers(votes.width)), value=int(rng.integers(-1, 2))
        )
    now = live.votes()
    known = np.isin(now.participants, votes.participants)
    joined = [live.people()[p].group if p in live.people() else -1 for p in now.participants.tolist()]
    group = np.array(joined)
    group[known] = live.group
    assert np.array_equal(live.tally.seen, tally(now, group, picture.k).seen)
    assert np.array_equal(live.tally.agree, tally(now, group, picture.k).agree)


def test_the_next_drawing_does_not_know_which_votes_were_folded(votes, picture):
    live = Live(picture, votes)
    live.fold(participant=3, statement=5, value=-1)
    live.fold(participant=1000, statement=6, value=1)
    row, column, value = (np.append(a, b) for a, b in ((votes.row, [3, 1000]), (votes.statement, [5, 6]),
                                                       (votes.value, [-1, 1])))  # fmt: skip
    anew = draw(collect(row, column, value, statements=votes.statements))
    assert np.array_equal(draw(live.votes()).position, anew.position)


def test_a_vote_that_is_none_is_refused(votes, picture):
    with pytest.raises(ValueError, match="-1, 0 or \\+1"):
        Live(picture, votes).fold(participant=1, statement=1, value=2)
