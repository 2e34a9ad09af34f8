"""Budgets: planned and executed amounts in; execution, pace within the year, variance and PEFA scores out."""

from kurak.engines.budget.executing import Execution, execution, expected_share
from kurak.engines.budget.pefa import BANDS, Score, composition_variance, contingency, outturn, revenue, variance

__all__ = [
    "BANDS",
    "Execution",
    "Score",
    "composition_variance",
    "contingency",
    "execution",
    "expected_share",
    "outturn",
    "revenue",
    "variance",
]
