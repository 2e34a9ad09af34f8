"""Many linear programs over the same constraints, one after the other: the last solution is the start of the next.

A general solver needs milliseconds to start for each; the benefit of the doubt asks for one program per unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

type Floats = NDArray[np.float64]

SMALL = 1e-11  # pivots and reduced costs below it count as 0; constraints are scaled to about 1
PROVEN = 1e-9  # by how much a solution may miss a constraint or its dual, before the general solver is asked
PATIENCE = 20  # steps without gain, until Bland's rule makes sure that they end


class Programs:
    """max c·w subject to a w ≤ b, w ≥ 0, for changing c. a: (m, k)    b: (m,) at least 0

    >>> Programs(np.array([[1.0, 2.0], [3.0, 1.0]]), np.ones(2)).maximise(np.array([1.0, 1.0])).round(9).tolist()
    [0.2, 0.4]
    """

    def __init__(self, a: Floats, b: Floats) -> None:
        self.a, self.b = a, b
        self._restart()

    def _restart(self) -> None:
        """Row r reads: variable basic[r] = right[r] - Σ table[r, j]·variable free[j]. From k on they are slacks."""
        m, k = self.a.shape
        self.table, self.right = self.a.copy(), self.b.copy()
        self.basic, self.free = np.arange(k, k + m), np.arange(k)

    def maximise(self, c: Floats) -> Floats:
        """(k,) the best w. Raises ValueError when it is unbounded."""
        for _ in range(2):  # again from the start, if roundings have gathered
            if self._climb(c):
                w = self._proven(c)
                if w is not None:
                    return w
            self._restart()
        return _general(self.a, self.b, c)

    def _climb(self, c: Floats) -> bool:
        k = len(c)
        own = self.basic < k
        cost = np.where(self.free < k, c[np.minimum(self.free, k - 1)], 0.0) - c[self.basic[own]] @ self.table[own]
        stalled = 0
        for _ in range(100 * (k + 10)):
            rising = cost > SMALL
            if not rising.any():
                return True
            bland = stalled > PATIENCE
            column = int(np.where(rising, self.free, len(self.b) + k).argmin() if bland else cost.argmax())
            row = self._leaving(column, bland)
            if row < 0:
                return False
            stalled = stalled + 1 if self.right[row] <= SMALL else 0
            self._swap(row, column, cost)
        return False

    def _leaving(self, column: int, bland: bool) -> int:
        """The row that first reaches 0 when the column's variable grows; of several, that with the largest pivot."""
        entries = self.table[:, column]
        may = entries > SMALL
        if not may.any():
            return -1
        reach = np.where(may, self.right, np.inf) / np.where(may, entries, 1.0)
        first = np.flatnonzero(reach <= reach.min() + SMALL)
        best = self.basic[first].argmin() if bland else entries[first].argmax()
        return int(first[best])

    def _swap(self, row: int, column: int, cost: Floats) -> None:
        pivot = self.table[row, column]
        across, down, gain = self.table[row] / pivot, self.table[:, column].copy(), cost[column]
        amount = max(self.right[row], 0.0) / pivot
        self.table -= np.outer(down, across)
        self.right -= down * amount
        self.table[:, column], self.table[row], self.right[row] = -down / pivot, across, amount
        self.table[row, column] = 1 / pivot
        cost -= gain * across
        cost[column] = -gain / pivot
        self.basic[row], self.free[column] = self.free[column], self.basic[row]

    def _proven(self, c: Floats) -> Floats | None:
        """The solution computed anew from the constraints it meets, if it and its dual hold; else None."""
        k = len(c)
        own, tight = np.sort(self.basic[self.basic < k]), np.sort(self.free[self.free >= k]) - k
        w, dual = np.zeros(k), np.zeros(len(self.b))
        try:
            w[own] = np.linalg.solve(self.a[np.ix_(tight, own)], self.b[tight])
            dual[tight] = np.linalg.solve(self.a[np.ix_(tight, own)].T, c[own])
        except np.linalg.LinAlgError:
            return None
        feasible = w.min() > -PROVEN and (self.a @ w - self.b).max() < PROVEN
        optimal = dual.min() > -PROVEN and (c - self.a.T @ dual).max() < PROVEN
        return np.maximum(w, 0.0) if feasible and optimal else None


def _general(a: Floats, b: Floats, c: Floats) -> Floats:
    found = linprog(-c, A_ub=a, b_ub=b, bounds=(0, None), method="highs")
    if found.status != 0:
        raise ValueError(f"the linear program has no solution: {found.message}")
    return np.asarray(found.x)
