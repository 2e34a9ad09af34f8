"""How much a statement deserves to be shown next by Polis's rule, and the uncertainty list of its report.

Source: Polis, math/src/polismath/math/conversation.clj and client-report/src/components/app.js (own formulation).
Kurak's own rule for what to show next is in routing.py.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.statistics import Floats, share
from kurak.engines.opinion.tally import Tally

META = 49.0  # priority of a statement about the respondent, squared like all others


def extremity(mean: Floats, axes: Floats) -> Floats:
    """(m,) how far out a person would stand who agreed with this statement and had seen no other.

    mean: (m,) mean of the observed votes, 0 where moderated out    axes: (m, 2) the two principal directions

    >>> import numpy as np
    >>> extremity(np.array([0.5, 1.0]), np.array([[0.6, 0.0], [0.8, 1.0]])).round(4).tolist()
    [0.4243, 0.0]
    """
    return np.asarray(np.sqrt(len(mean)) * np.abs(1.0 - mean) * np.hypot(axes[:, 0], axes[:, 1]))


def priorities(groups: Tally, extremes: Floats, meta: ArrayLike | None = None) -> Floats:
    """(m,) priority of each statement, > 0; the next one is drawn in proportion to it.

    groups: tally of the groups (people without a group do not count)    extremes: (m,) from `extremity`
    meta: (m,) true for statements about the respondent

    >>> import numpy as np
    >>> new = Tally(np.array([[0]]), np.array([[0]]), np.array([[0]]))
    >>> priorities(new, np.array([1.0])).tolist()
    [20.25]
    """
    total = groups.total
    agree, passed = share(total.agree[0], total.seen[0]), share(total.passed[0], total.seen[0])
    importance = (1.0 - passed) * (1.0 + extremes) * agree
    novelty = 1.0 + 8.0 * 2.0 ** (-total.seen[0] / 5.0)
    usual = (importance * novelty) ** 2
    return np.asarray(usual if meta is None else np.where(np.asarray(meta, np.bool_), META, usual))


def uncertain(everybody: Tally, left_out: ArrayLike | None = None, most: int = 5) -> NDArray[np.intp]:
    """Column numbers of the statements that people pass on: passes above 30 %, by (share of passes)² x passes.

    everybody: the tally of all people as one population, (1, m)    left_out: (m,) true where moderated out

    >>> import numpy as np
    >>> uncertain(Tally(np.array([[9, 2]]), np.array([[1, 2]]), np.array([[10, 9]]))).tolist()
    [1]
    """
    seen, passed = everybody.seen[0].astype(np.float64), everybody.passed[0].astype(np.float64)
    passing = np.divide(passed, seen, out=np.zeros_like(seen), where=seen > 0)
    listed = passing > 0.30
    if left_out is not None:
        listed &= ~np.asarray(left_out, np.bool_)
    columns = np.flatnonzero(listed)
    return columns[np.argsort(-(passing**2 * passed)[columns], kind="stable")][:most]
