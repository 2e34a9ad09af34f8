"""The slow and obvious version: every combination of answers is scored by the engine, and the cheapest is kept."""

import itertools

import numpy as np

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.rising.criteria import ANSWERING

ANSWERS = {"0": 0, "1": 1, "2": 2, "3": 3}


def cheapest(document, row, standing, prices=None):
    """The least cost of answers to all leaves with which the unit stands at least so high; None where nothing helps."""
    declaration = declare(document)
    scheme = declaration.classes[declaration.nodes[declaration.root].classes]
    codes = [*declaration.leaves]
    options = [[0, 1, 2, 3] if row[code] != "n/a" else ["n/a"] for code in codes]
    rows = [*itertools.product(*(o if row[c] is not None else [None, *o] for c, o in zip(codes, options, strict=True)))]
    table = tabulate([str(i) for i in range(len(rows))], dict(zip(codes, zip(*rows, strict=True), strict=True)))
    order = [each.code for each in scheme.of] if scheme.better == "high" else [each.code for each in scheme.of][::-1]
    places = np.array([order.index(each) if each else -1 for each in score(declaration, table).classes()])
    costs = [spent(dict(zip(codes, each, strict=True)), row, prices or {}, scheme.better) for each in rows]
    good = [cost for cost, place in zip(costs, places, strict=True) if place >= standing]
    return min(good, default=None)


def spent(after, before, prices, better):
    total = 0.0
    for code, value in after.items():
        price = prices.get(code, 1 / 3)
        if before[code] is None and value is not None:
            worst = 0 if better == "high" else 3
            total += price * abs(value - worst) + ANSWERING * price * 3
        elif value != before[code]:
            total += price * abs(value - before[code])
    return total


def random_document(rng, combines=("mean",), better="high"):
    """A tree of two levels with five leaves of four answers, three classes."""
    leaves = [{"code": c, "answers": ANSWERS, "weight": int(rng.integers(1, 4))} for c in "abcde"]
    cut = int(rng.integers(2, 4))
    inner = [
        {"code": "x", "weight": int(rng.integers(1, 4)), "combine": choice(rng, combines), "children": leaves[:cut]},
        {"code": "y", "weight": int(rng.integers(1, 4)), "combine": choice(rng, combines), "children": leaves[cut:]},
    ]
    low, high = np.sort(rng.uniform(0.3, 2.8, 2)).round(2).tolist()
    of = [{"code": "low"}, {"code": "middle", "from": low}, {"code": "high", "above": high}]
    tree = {"code": "all", "combine": choice(rng, combines), "children": inner, "classes": "c"}
    scheme = {"of": of, "better": better}
    tokens = {"n/a": "not-applicable"}
    return {
        "format": 1, "code": "t", "edition": "1", "label": "exact", "tree": tree, "classes": {"c": scheme},
        "missing": tokens, "scale": {"low": 0, "high": 3, "better": better},
    }  # fmt: skip


def choice(rng, combines):
    return combines[rng.integers(len(combines))]


def random_row(rng, missing=0.0):
    return {
        code: None if rng.random() < missing else ("n/a" if rng.random() < missing / 2 else int(rng.integers(0, 4)))
        for code in "abcde"
    }
