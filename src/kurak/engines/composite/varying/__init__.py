"""How certain a score is, and what drives it: many draws of what could have been decided or measured otherwise."""

from kurak.engines.composite.varying.design import Design, designed
from kurak.engines.composite.varying.factors import checked
from kurak.engines.composite.varying.leaving_out import LeftOut, leave_out
from kurak.engines.composite.varying.sensitivity import Sensitivity, screen, sensitivity
from kurak.engines.composite.varying.summary import Spread
from kurak.engines.composite.varying.variation import Variation, merge
from kurak.engines.composite.varying.vary import replay, vary

__all__ = [
    "Design",
    "LeftOut",
    "Sensitivity",
    "Spread",
    "Variation",
    "checked",
    "designed",
    "leave_out",
    "merge",
    "replay",
    "screen",
    "sensitivity",
    "vary",
]
