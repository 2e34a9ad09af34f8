"""An index of the room's models, where Django looks for them."""

from kurak.commitments.accounts.models import Account, Evidence, Question, Reply
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Participation, Provision, Step, Version

__all__ = [
    "Account", "Agenda", "Commitment", "Crosswalk", "Evidence", "Participation", "Provision", "Question", "Reply",
    "Step", "Version",
]  # fmt: skip
