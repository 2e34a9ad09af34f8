"""Raters: several people code the same cases. Do they agree, who is strict, and what is the case's true place?

ratings = gather(cases, raters, codes)      # what was said
alpha(ratings), raw_agreement(ratings)      # do they agree
coded = placed(ratings, answers=5)          # where cases stand, by the best model that the ratings can bear
carried(declaration, table, {"a": coded})   # what that leaves open in every score
"""

from kurak.engines.composite.raters.agreement import alpha, kappa, raw_agreement
from kurak.engines.composite.raters.carrying import carried
from kurak.engines.composite.raters.placed import NOTES, Placed, placed
from kurak.engines.composite.raters.ratings import Ratings, gather

__all__ = ["NOTES", "Placed", "Ratings", "alpha", "carried", "gather", "kappa", "placed", "raw_agreement"]
