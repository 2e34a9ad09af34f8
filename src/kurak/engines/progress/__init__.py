"""Progress towards targets: series in; five methods' verdicts, where they disagree, and a projection out."""

from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.progress.judging import METHODS, Disagreement, Judged, disagreement, judge, judge_all, judge_many
from kurak.engines.progress.projecting import Projection, project, project_many
from kurak.engines.progress.series import Series, Target, path_at, series
from kurak.engines.progress.verdicts import LADDER, REASONS, Verdict

__all__ = [
    "LADDER",
    "METHODS",
    "REASONS",
    "Disagreement",
    "Judged",
    "Problem",
    "Projection",
    "Series",
    "Target",
    "Unusable",
    "Verdict",
    "disagreement",
    "judge",
    "judge_all",
    "judge_many",
    "path_at",
    "project",
    "project_many",
    "series",
]
