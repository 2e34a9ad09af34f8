"""People whose voting looks unlike a person's: flags with reasons and evidence, never a verdict.

A flag is a question for a moderator. Excluding someone is weight 0: reversible, and honoured by every result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.likeness import alike
from kurak.engines.opinion.tally import tally, tally_all
from kurak.engines.opinion.votes import Votes

REASONS = {
    "all-agree": "agrees with everything, which hardly anyone else would",
    "all-disagree": "disagrees with everything, which hardly anyone else would",
    "alike": "votes so much like others that chance does not explain it",
    "too-fast": "votes faster than the statements can be read",
}

HABIT = 10  # votes of everybody that are added to those of a group

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Limits:
    """What raises a flag.

    votes:     people with fewer votes are not judged
    chance:    a pattern is flagged if fewer people than this would show it by chance in the whole conversation
    likeness:  least share of votes that two people have in common (Jaccard index of their votes)
    seconds:   votes that follow the one before within this time are fast
    hurried:   share of fast votes that is flagged
    """

    votes: int = 10
    chance: float = 0.01
    likeness: float = 0.9
    seconds: float = 1.0
    hurried: float = 0.5


@dataclass(frozen=True, slots=True)
class Flag:
    """person: row number    reason: a code of REASONS    votes: of this person
    chance: people who would show this pattern by chance in the whole conversation (NaN for too-fast)
    fast: share of votes that came too fast (NaN otherwise)    with_: row numbers of those who vote alike, this one too
    """

    person: int
    reason: str
    votes: int
    chance: float
    fast: float
    with_: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Flags:
    """flags: by person, then reason    flagged: (n,) truths    limits: what raised them"""

    flags: tuple[Flag, ...]
    flagged: NDArray[np.bool_]
    limits: Limits


def inspect(
    votes: Votes,
    *,
    event_person: ArrayLike | None = None,
    event_time: ArrayLike | None = None,
    group: ArrayLike | None = None,
    limits: Limits = Limits(),
) -> Flags:
    """Flag people by how they voted. Linear in votes (near-duplicates: signatures, then exact comparison).

    event_person, event_time: (e,) row number and time in seconds of every vote event, in any order; without them
    nobody is too fast.
    group: (n,) 0..k-1 or -1; chance is then that among people of the same group. Without it the members of a camp of
    one mind look alike by chance less often than they do, and honest people are flagged; but a camp made of copies is
    only seen without it.
    Raises ValueError when a length does not fit.

    >>> from kurak.engines.opinion.votes import collect
    >>> people, statements = np.repeat(np.arange(40), 20), np.tile(np.arange(20), 40)
    >>> honest = np.where((people * 7 + statements * statements * 3 + people * statements) % 5 < 2, 1, -1)
    >>> [(f.person, f.reason) for f in inspect(collect(people, statements, np.where(people == 3, 1, honest))).flags]
    [(3, 'all-agree')]
    """
    belongs = np.full(votes.people, -1, np.int64) if group is None else np.asarray(group, np.int64)
    if belongs.shape != (votes.people,):
        raise ValueError(f"group has shape {belongs.shape}; one number for each of {votes.people} people is needed")
    usual = shares(votes, belongs)
    found = [*_uniform(votes, usual, belongs, limits), *_alike(votes, usual, belongs, limits)]
    found += _hurried(votes, event_person, event_time, limits)
    flags = tuple(sorted(found, key=lambda flag: (flag.person, flag.reason)))
    flagged = np.zeros(votes.people, np.bool_)
    flagged[[flag.person for flag in flags]] = True
    return Flags(flags, flagged, limits)


def without(votes: Votes, people: ArrayLike) -> Votes:
    """The same votes with weight 0 for these people, (n,) truths or row numbers. Nothing is deleted."""
    weight = np.ones(votes.people) if votes.weight is None else votes.weight.copy()
    weight[np.asarray(people)] = 0.0
    return replace(votes, weight=weight)


def collapsed(votes: Votes, flags: Flags) -> Votes:
    """People who vote alike count as one together: each weighs one by their number."""
    weight = np.ones(votes.people) if votes.weight is None else votes.weight.copy()
    for flag in flags.flags:
        if flag.reason == "alike":
            weight[flag.person] /= len(flag.with_)
    return replace(votes, weight=weight)


def shares(votes: Votes, group: NDArray[np.int64]) -> Floats:
    """(k + 1, m, 3) smoothed shares of disagree, pass and agree of each group, and of everybody in the last row."""
    k = int(group.max(initial=-1)) + 1
    unweighted = replace(votes, weight=None)
    whole, parts = tally_all(unweighted), tally(unweighted, group, k)
    counts = np.stack(
        [np.concatenate([getattr(t, n) for t in (parts, whole)]) for n in ("disagree", "passed", "agree")]
    )
    everybody = counts[:, -1:] + 0.5
    prior = everybody / everybody.sum(axis=0)  # a small group votes like everybody: one person is not a habit
    smoothed = counts + HABIT * prior
    return np.asarray(np.moveaxis(smoothed / smoothed.sum(axis=0), 0, 2))


def _uniform(votes: Votes, usual: Floats, group: NDArray[np.int64], limits: Limits) -> Iterable[Flag]:
    """Everybody who gave one answer to all, if by the usual shares nobody would have."""
    each = np.diff(votes.start)
    logs = np.log(usual)
    of_vote = np.repeat(group, each)
    for reason, value in (("all-agree", 1), ("all-disagree", -1)):
        same = _by_person(votes, votes.value == value) == each
        expected = votes.people * np.exp(_by_person(votes, logs[of_vote, votes.statement, value + 1]))
        for person in np.flatnonzero(same & (each >= limits.votes) & (expected < limits.chance)).tolist():
            yield Flag(person, reason, int(each[person]), float(expected[person]), float("nan"))


def _alike(votes: Votes, usual: Floats, group: NDArray[np.int64], limits: Limits) -> Iterable[Flag]:
    each = np.diff(votes.start)
    for members, chance in alike(votes, usual, group, limits.votes, limits.likeness, limits.chance):
        for person in members:
            yield Flag(person, "alike", int(each[person]), chance, float("nan"), members)


def _hurried(votes: Votes, person: ArrayLike | None, time: ArrayLike | None, limits: Limits) -> Iterable[Flag]:
    if person is None and time is None:
        return
    who, when = np.asarray(person), np.asarray(time, np.float64)
    if person is None or time is None or who.shape != when.shape:
        raise ValueError("event_person and event_time belong together: one person and one time for every event")
    order = np.lexsort((when, who))
    who, times = who[order], when[order]
    following = who[1:] == who[:-1]
    fast = following & (np.diff(times) < limits.seconds)
    gaps = np.bincount(who[1:][following], minlength=votes.people)
    share = np.divide(
        np.bincount(who[1:][fast], minlength=votes.people), gaps, out=np.zeros(votes.people), where=gaps > 0
    )
    for p in np.flatnonzero((gaps + 1 >= limits.votes) & (share >= limits.hurried)).tolist():
        yield Flag(p, "too-fast", int(votes.start[p + 1] - votes.start[p]), float("nan"), float(share[p]))


def _by_person(votes: Votes, of_vote: NDArray[np.generic]) -> Floats:
    """Sums over the votes of each person."""
    running = np.concatenate([[0.0], np.cumsum(of_vote, dtype=np.float64)])
    return np.asarray(running[votes.start[1:]] - running[votes.start[:-1]])
