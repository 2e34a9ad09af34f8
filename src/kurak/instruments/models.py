"""An index of the room's models, where Django looks for them."""

from kurak.instruments.assessments.models import Answer, Assessment, Evidence, Remark, Sheet
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.results.models import DataSet, Run, Score, Trend

__all__ = [
    "Answer",
    "Assessment",
    "DataSet",
    "Edition",
    "Evidence",
    "Instrument",
    "Remark",
    "Run",
    "Score",
    "Sheet",
    "Trend",
]
