"""An index of the room's models, where Django looks for them."""

from kurak.commitments.accounts.models import Account, Evidence, Question, Reply
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Participation, Provision, Step, Version
from kurak.commitments.indicators.models import Batch, Indicator, Observation, Provider, Series, Target

__all__ = [
    "Account", "Agenda", "Batch", "Commitment", "Crosswalk", "Evidence", "Indicator", "Observation", "Participation",
    "Provider", "Provision", "Question", "Reply", "Series", "Step", "Target", "Version",
]  # fmt: skip
