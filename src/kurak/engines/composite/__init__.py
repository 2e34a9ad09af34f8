"""Composite scores: a declared tree of criteria and data in; scores, classes, ranks and their certainty out."""

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.declaring import declare
from kurak.engines.composite.evaluating import evaluate
from kurak.engines.composite.preparing import Prepared, prepared
from kurak.engines.composite.problems import Problem, Undeclarable, Unusable
from kurak.engines.composite.scoring import ENGINE, Result, score
from kurak.engines.composite.table import Table, tabulate

__all__ = [
    "ENGINE",
    "Declaration",
    "Prepared",
    "Problem",
    "Result",
    "Table",
    "Undeclarable",
    "Unusable",
    "declare",
    "evaluate",
    "prepared",
    "score",
    "tabulate",
]
