"""Whether correlations are worth a component analysis, and whether children say the same twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from kurak.engines.composite.coherence.principal import complete, standard

type Floats = NDArray[np.float64]

SINGULAR = 1e-10  # smallest eigenvalue of a correlation matrix, below which a child is a sum of others
INFLATED = 10.0  # variance inflation above which a child is all but a sum of others


@dataclass(frozen=True, slots=True, eq=False)
class Adequacy:
    """kmo: Kaiser-Meyer-Olkin measure, above 0.6 is usually called adequate    msa: (k,) the same of each child
    chi2, degrees, p: Bartlett's test that nothing is correlated    inflation: (k,) 1/(1 - R²), child on the others
    collinear: (k,) inflation above 10    singular: a child is a sum of others, so that kmo, msa, chi2 and p are
    undefined    used: complete units"""

    kmo: float
    msa: Floats
    chi2: float
    degrees: int
    p: float
    inflation: Floats
    collinear: NDArray[np.bool_]
    singular: bool
    used: int


def adequacy(values: Floats) -> Adequacy:
    """Of the units that have all children, values (n, k). Raises Unusable for fewer than three, or a constant child.

    Source: Kaiser 1974; Bartlett 1951.

    >>> x = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0]])
    >>> found = adequacy(x)
    >>> round(found.kmo, 3), found.inflation.round(4).tolist(), found.degrees, adequacy(x[:, [0, 0]]).singular
    (0.5, [1.5625, 1.5625], 1, True)
    """
    x = complete(values)
    n, k = x.shape
    z = standard(x)
    r = z.T @ z / (n - 1)
    degrees = k * (k - 1) // 2
    if float(np.linalg.eigvalsh(r)[0]) < SINGULAR:
        nothing = np.full(k, np.nan)
        inflation = np.where(_is_sum_of_others(r), np.inf, np.nan)
        undefined = float("nan")
        return Adequacy(undefined, nothing, undefined, degrees, undefined, inflation, np.isinf(inflation), True, n)
    inverse = np.linalg.inv(r)
    size = np.sqrt(np.diag(inverse))
    partial, full = (inverse / np.outer(size, size)) ** 2, r**2
    np.fill_diagonal(partial, 0.0)
    np.fill_diagonal(full, 0.0)
    both = full.sum() + partial.sum()
    of_each = full.sum(axis=0) + partial.sum(axis=0)
    chi2 = -(n - 1 - (2 * k + 5) / 6) * float(np.linalg.slogdet(r)[1])
    inflation = np.diag(inverse).copy()
    return Adequacy(
        float(full.sum() / both) if both > 0 else float("nan"),
        np.divide(full.sum(axis=0), of_each, out=np.full(k, np.nan), where=of_each > 0),
        chi2, degrees, float(stats.chi2.sf(chi2, degrees)) if degrees else float("nan"),
        inflation, inflation > INFLATED, False, n,
    )  # fmt: skip


def _is_sum_of_others(r: Floats) -> NDArray[np.bool_]:
    """The children that have a part in what makes the correlations singular."""
    values, vectors = np.linalg.eigh(r)
    return np.asarray((np.abs(vectors[:, values < SINGULAR]) > 1e-6).any(axis=1))
