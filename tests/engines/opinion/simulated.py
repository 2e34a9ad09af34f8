"""Conversations whose groups are known, made by a seeded generator."""

import numpy as np

from kurak.engines.opinion import collect


def answers(rng, leaning, each):
    """Votes from leanings (n, m): agree with the logistic chance, 12 % passes, a few statements a person."""
    people, statements = leaning.shape
    value = np.where(rng.random((people, statements)) < 1 / (1 + np.exp(-leaning / 0.8)), 1, -1)
    value[rng.random(value.shape) < 0.12] = 0
    seen = rng.random(value.shape) < np.minimum(1, rng.lognormal(0, 0.5, people) * each / statements)[:, None]
    row, column = np.nonzero(seen)
    return collect(row, column, value[row, column], participants=range(people), statements=range(statements))


def camps(shares, people=900, statements=80, each=32, apart=1.3, seed=0):
    """Groups of the given shares, each with opinions of its own: votes and the group of each person."""
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(shares)), np.round(np.array(shares) * people).astype(int))
    rng.shuffle(group)
    middle = rng.normal(0.3, 0.6, statements)
    return answers(rng, middle + rng.normal(0, apart, (len(shares), statements))[group], each), group


def cloud(people=600, statements=80, each=30, seed=0):
    """Opinions that differ along two directions, evenly, without any groups."""
    rng = np.random.default_rng(seed)
    spot = rng.normal(size=(people, 2))
    return answers(rng, rng.normal(0.3, 0.6, statements) + spot @ rng.normal(0, 0.7, (2, statements)), each)


def indifferent(people=600, statements=80, each=30, seed=0):
    """Everyone is alike: only chance makes votes differ."""
    rng = np.random.default_rng(seed)
    return answers(rng, np.tile(rng.normal(0.3, 0.9, statements), (people, 1)), each)
