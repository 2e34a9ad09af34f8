"""An index of the room's models, where Django looks for them."""

from kurak.commitments.accounts.models import Account, Evidence, Question, Reply
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Participation, Provision, Step, Version
from kurak.commitments.budgets.models import (
    AnswerPhoto,
    Budget,
    BudgetFile,
    BudgetLine,
    ColumnMapping,
    ResidentAnswer,
    Spending,
)
from kurak.commitments.calendar.models import Due, Reminder, Told
from kurak.commitments.indicators.models import Batch, Indicator, Observation, Provider, Series, Target
from kurak.commitments.reviews.models import GovernmentComment, Review, TargetClaim
from kurak.commitments.shadow.models import CoAuthor, FrozenReport, Section, SectionComment, ShadowReport

__all__ = [
    "Account", "Agenda", "AnswerPhoto", "Batch", "Budget", "BudgetFile", "BudgetLine", "CoAuthor", "ColumnMapping",
    "Commitment", "Crosswalk", "Due", "Evidence", "FrozenReport", "GovernmentComment", "Indicator", "Observation",
    "Participation", "Provider", "Provision", "Question", "Reminder", "Reply", "ResidentAnswer", "Review",
    "Section", "SectionComment", "Series", "ShadowReport", "Spending", "Step", "Target", "TargetClaim", "Told",
    "Version",
]  # fmt: skip
