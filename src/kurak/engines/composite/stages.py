"""The tables of methods of every stage, in one place for whoever reads a declaration or shows one."""

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.imputing import IMPUTATIONS
from kurak.engines.composite.normalising import NORMALISATIONS
from kurak.engines.composite.treating import TREATMENTS
from kurak.engines.composite.weighting import WEIGHTINGS

__all__ = ["COMBINATIONS", "IMPUTATIONS", "NORMALISATIONS", "TREATMENTS", "WEIGHTINGS"]
