"""Prints a digest of what many methods give, for a process of its own: python -m tests.engines.composite.told_bits"""

import hashlib

import numpy as np

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.raters import gather, placed
from kurak.engines.composite.varying import sensitivity, vary
from tests.engines.composite.documents import a_document

GROUPS = [range(20), range(20, 40), range(40, 60)]
FACTORS = [
    {"factor": "weights", "within": 0.2},
    {"factor": "normalise", "among": [{"by": "minmax", "to": [1, 100]}, {"by": "zscore", "mean": 10}]},
    {"factor": "error", "share": 0.05},
]


def a_tree(weigh=(None, None, None), combine="mean"):
    nodes = [
        {"code": f"g{place}", "children": [{"code": f"c{i}"} for i in group], **({"weigh": how} if how else {})}
        for place, (how, group) in enumerate(zip(weigh, GROUPS, strict=True))
    ]
    return {"code": "all", "combine": combine, "children": nodes}


def a_table(n=90):
    rng = np.random.default_rng(1)
    x = np.exp(0.6 * rng.normal(size=(n, 1)) + 0.5 * rng.normal(size=(n, 60)))
    x[rng.random(x.shape) < 0.005] = np.nan
    return tabulate([f"u{i}" for i in range(n)], {f"c{i}": x[:, i] for i in range(60)})


def an_index(impute="mean", factors=(), **tree):
    stages = {"impute": impute, "treat": {"by": "winsorise", "most": 3}, "normalise": {"by": "minmax", "to": [1, 100]}}
    return declare({**a_document(a_tree(**tree)), "defaults": stages, "uncertainty": [*factors]})


def ratings():
    rng = np.random.default_rng(2)
    case, rater = np.repeat(np.arange(400), 5), np.concatenate([rng.permutation(120)[:5] for _ in range(400)])
    return gather(case, rater, rng.integers(0, 5, 2000) + rater % 3)


def found():
    table, tree = a_table(), {"weigh": ("pca", "critic", "unobserved"), "combine": "copeland"}
    for impute in ("em", "regression", "hot-deck"):
        yield from score(an_index(impute, **tree), table).scores.values()
    varied = vary(an_index(factors=FACTORS), table, draws=10)
    yield from (varied.outcomes.scores["all"], varied.outcomes.ranks["all"])
    yield sensitivity(an_index(factors=FACTORS[:2]), table, n=16).shift.first
    yield from (placed(ratings(), by=by, rounds=20, draws=50).draws for by in ("additive", "ordinal", "means"))


if __name__ == "__main__":
    print([hashlib.sha256(np.ascontiguousarray(each).tobytes()).hexdigest()[:8] for each in found()])
