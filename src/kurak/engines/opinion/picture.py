"""The picture of a conversation: where people stand, which groups they form, how surely, and what chose the groups."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

from kurak.engines.opinion import positions
from kurak.engines.opinion.choosing import chosen
from kurak.engines.opinion.grouping import Rule, belonging
from kurak.engines.opinion.keeping import restored, stored
from kurak.engines.opinion.positions import Axes, evidence_of, fit, locate, located, started, straightened
from kurak.engines.opinion.sampling import SAMPLE, sampled
from kurak.engines.opinion.tally import Tally, tally
from kurak.engines.opinion.votes import Votes

type Floats = NDArray[np.float64]

ENGINE = "kurak 1"
_UNCOUNTED = Tally(*(np.zeros((0, 0), np.int64),) * 3)  # until labels are known
ROUNDS = 8  # passes over the votes until the axes stand still
FINISHING = 3  # the same when they begin where a sample left them
LARGE = 4  # times the sample: conversations that begin with it


@dataclass(frozen=True, slots=True)
class Settings:
    """groups: the most that are looked for. votes: fewest votes of a grouped person, at most the number of statements.
    smallest: people a group needs. hold: expected agreement with itself, after hiding a tenth of the votes, that a
    grouping needs. seed: for the sample that large conversations are searched on."""

    groups: int = 8
    votes: int = 7
    smallest: int = 2
    hold: float = 0.8
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """n people, m statements, k groups.

    position (n, 2), spread (n,) its standard error, group (n,) with -1 for people with too few votes, confidence (n,)
    the chance that the group is right, votes (n,) how many counted.
    mean (m,) and loading (m, 2): a statement's expected vote is mean + lean + loading . position; 0 where left out.
    tally: counts (k, m) over the grouped. stability: expected agreement (adjusted Rand index) of the grouping with
    itself when a tenth of the votes is hidden; tried: the same for every number of groups that was considered.
    """

    participants: NDArray[np.generic]
    statements: NDArray[np.generic]
    position: Floats
    spread: Floats
    lean: Floats
    group: NDArray[np.int64]
    confidence: Floats
    votes: NDArray[np.int64]
    k: int
    stability: float
    tried: Mapping[int, float]
    axes: Axes
    rule: Rule
    kept: NDArray[np.bool_]
    labels: NDArray[np.int64]
    tally: Tally
    settings: Mapping[str, Any] = field(default_factory=dict)
    engine: str = ENGINE

    @property
    def mean(self) -> Floats:
        return _widened(self.axes.mean, self.kept)

    @property
    def loading(self) -> Floats:
        return _widened(self.axes.loading, self.kept)

    def state(self) -> dict[str, NDArray[Any]]:
        """Everything that is needed to go on after a restart, as arrays without objects."""
        return stored(self)

    @classmethod
    def restore(cls, state: Mapping[str, ArrayLike]) -> Self:
        """The picture whose state was kept."""
        return cls(**restored(state))


class Place(NamedTuple):
    position: tuple[float, float]
    spread: float
    group: int
    confidence: float


def draw(
    votes: Votes,
    *,
    settings: Settings | None = None,
    left_out: Collection[Any] | NDArray[Any] | None = None,
    previous: Picture | None = None,
) -> Picture:
    """The picture of a conversation, from nothing but the votes: the same to the last bit whatever their order.

    left_out: ids of statements that are not to count (moderated out, or about the person and not the matter).
    previous: the picture whose labels and directions this one goes on with.
    Linear in votes: about twenty passes, each over chunks of people whose sums merge.

    >>> from kurak.engines.opinion.votes import collect
    >>> votes = collect([1, 1, 2, 2, 3, 3], [1, 2, 1, 2, 1, 2], [1, -1, 1, -1, -1, 1])
    >>> picture = draw(votes)
    >>> bool(picture.position[0, 0] == picture.position[1, 0] != picture.position[2, 0])
    True
    """
    settings = settings or Settings()
    kept = ~np.isin(votes.statements, np.asarray(list(left_out))) if left_out is not None and len(left_out) else None
    kept = np.ones(votes.width, bool) if kept is None else kept
    heard = narrowed(votes, kept)
    count = np.diff(heard.start)
    weight = _deciding(heard, count, settings)
    sample = sampled(heard, weight, settings.seed)
    axes = _axes(heard, sample)
    here = locate(axes, heard)
    choice = chosen(
        axes, heard, weight, sample, most=settings.groups, smallest=settings.smallest, hold=settings.hold
    )  # fmt: skip
    rule = choice.rule
    group, chance = belonging(rule, heard)
    group = np.where(count >= _fewest(settings, heard), group, -1)
    drawn = Picture(
        votes.participants, votes.statements, here.position, here.spread, here.lean, group, chance, count, rule.k,
        choice.stability, choice.tried, axes, rule, kept, np.arange(rule.k), _UNCOUNTED, asdict(settings),
    )  # fmt: skip
    return _continued(drawn, votes, previous)


def _axes(heard: Votes, sample: Votes) -> Axes:
    """The axes of the picture; those of a large conversation are sought on the sample and finished on everyone."""
    if len(heard.value) == 0:
        return Axes(np.zeros(heard.width), np.zeros((heard.width, 2)), 0.4, 0.05)
    if sample.people < SAMPLE or heard.people < LARGE * SAMPLE:
        found = fit(heard, started(heard, 2), ROUNDS)
    else:
        found = fit(heard, fit(sample, started(sample, 2), ROUNDS), FINISHING)
    return straightened(found, positions.heard(heard))


def _fewest(settings: Settings, heard: Votes) -> int:
    return max(1, min(settings.votes, heard.width))


def _deciding(heard: Votes, count: NDArray[np.int64], settings: Settings) -> Floats:
    """(n,) what each person counts when groups are drawn: nothing with too few votes."""
    enough = np.where(count >= _fewest(settings, heard), 1.0, 0.0)
    return enough if heard.weight is None else enough * heard.weight


def narrowed(votes: Votes, kept: NDArray[np.bool_]) -> Votes:
    """The votes on the statements that count, everybody kept."""
    if np.all(kept):
        return votes
    cells = kept[votes.statement]
    start = np.concatenate([[0], np.cumsum(cells, dtype=np.int64)])[votes.start]
    column = (np.cumsum(kept, dtype=np.int32) - 1)[votes.statement[cells]].astype(np.int32)
    return Votes(votes.participants, votes.statements[kept], start, column, votes.value[cells], votes.weight)


def _continued(drawn: Picture, votes: Votes, previous: Picture | None) -> Picture:
    """Groups in the order of size, the axes as they are; or labels and directions of the previous picture."""
    order = _by_size(drawn) if previous is None else _as_before(drawn, previous)
    group = np.where(drawn.group >= 0, order[drawn.group], -1)
    turn = np.eye(2) if previous is None else _turn(drawn, previous)
    labelled = replace(drawn, group=group, labels=order[drawn.labels], tally=tally(votes, group, drawn.k))
    return replace(labelled, axes=drawn.axes.turned(turn), position=drawn.position @ turn)


def _by_size(drawn: Picture) -> NDArray[np.int64]:
    """New label of each group: the largest is 0. Equal ones stay in the order of the first axis."""
    size = np.bincount(drawn.group[drawn.group >= 0], minlength=drawn.k)
    label = np.empty(drawn.k, np.int64)
    label[np.argsort(-size, kind="stable")] = np.arange(drawn.k)
    return label


def _as_before(drawn: Picture, previous: Picture) -> NDArray[np.int64]:
    """Labels that keep as many people as possible where they were; new groups get the numbers that are free."""
    _, now, then = np.intersect1d(drawn.participants, previous.participants, return_indices=True)
    both = (drawn.group[now] >= 0) & (previous.group[then] >= 0)
    most = max(drawn.k, previous.k)
    shared = np.zeros((drawn.k, most), np.int64)
    np.add.at(shared, (drawn.group[now][both], previous.group[then][both]), 1)
    _, label = linear_sum_assignment(-shared)
    return np.asarray(np.argsort(np.argsort(label)) if label.max() >= drawn.k else label, dtype=np.int64)


def _turn(drawn: Picture, previous: Picture) -> Floats:
    """The rotation or mirror that brings the statements closest to where they were (orthogonal Procrustes)."""
    _, now, then = np.intersect1d(drawn.statements, previous.statements, return_indices=True)
    left, _, right = np.linalg.svd(drawn.loading[now].T @ previous.loading[then])
    return np.asarray(left @ right)


def _widened(values: Floats, kept: NDArray[np.bool_]) -> Floats:
    wide = np.zeros((len(kept), *values.shape[1:]))
    wide[kept] = values
    return wide


def place(picture: Picture, statement_ids: ArrayLike, values: ArrayLike) -> Place:
    """Where one person stands, from their votes: group -1 with too few of them. Unknown and left-out ids are passed by.

    >>> from kurak.engines.opinion.votes import collect
    >>> votes = collect([1, 1, 2, 2, 3, 3], [1, 2, 1, 2, 1, 2], [1, -1, 1, -1, -1, 1])
    >>> picture = draw(votes)
    >>> np.allclose(place(picture, [1, 2], [1, -1]).position, picture.position[0])
    True
    """
    ids, given = np.atleast_1d(np.asarray(statement_ids)), np.atleast_1d(np.asarray(values, np.float64))
    column, value = _own_votes(picture, ids, given)
    here = located(picture.axes, evidence_of(picture.axes, column, value))
    chances = picture.rule.alone(column, value)
    likeliest = int(chances.argmax())
    enough = len(value) >= max(1, min(int(picture.settings["votes"]), len(picture.axes.mean)))
    x, y = here.position[0].tolist()
    group = int(picture.labels[likeliest]) if enough else -1
    return Place((x, y), float(here.spread[0]), group, float(chances[likeliest]))


def _own_votes(picture: Picture, ids: NDArray[Any], values: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Columns among the statements that count, ascending, and the last vote on each."""
    if len(ids) == 0 or len(picture.statements) == 0:
        return np.zeros(0, np.int64), np.zeros(0)
    at = np.minimum(np.searchsorted(picture.statements, ids), len(picture.statements) - 1)
    known = (picture.statements[at] == ids) & picture.kept[at]
    column, value = (np.cumsum(picture.kept) - 1)[at[known]], values[known]
    order = np.argsort(column, kind="stable")
    column, value = column[order], value[order]
    last = np.append(column[1:] != column[:-1], True)[: len(column)]
    return column[last], value[last]
