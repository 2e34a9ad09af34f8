"""What moderators fill in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kurak.dialogue.conversations.chances import NOTHING, whole
from kurak.dialogue.conversations.models import Conversation, Statement
from kurak.dialogue.conversations.moderation.models import Decision

REASONS = [("", _("Choose a reason")), *((value, label) for value, label in Statement.Reason.choices if value)]
VERDICTS = [(Decision.Verb.ACCEPTED.value, _("Accept")), (Decision.Verb.REJECTED.value, _("Reject"))]
BACK = [(name, name) for name in ("queue", "decided")]


class Verdict(forms.Form):
    """A decision on one statement or many, each named with the revision that the moderator looked at: 12:0."""

    verdict = forms.ChoiceField(label=_("Decision"), choices=VERDICTS)
    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS, required=False)
    note = forms.CharField(
        label=_("To the author"), required=False, max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    back = forms.ChoiceField(choices=BACK, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conversation = conversation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == Decision.Verb.REJECTED and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason: the author will read it."))
        cleaned["looked_at"] = self._looked_at()
        return cleaned

    def _looked_at(self) -> list[tuple[Statement, int]]:
        """Statements of this conversation, with their revisions; what is no such pair counts as nothing chosen."""
        pairs = [str(each).partition(":") for each in cast(QueryDict, self.data).getlist("looked_at")]
        revisions = {whole(a): whole(b) for a, _colon, b in pairs if NOTHING not in (whole(a), whole(b))}
        if not revisions:
            raise forms.ValidationError(_("Choose at least one statement."))
        chosen = self.conversation.statements.filter(number__in=revisions)
        return [(statement, revisions[statement.number]) for statement in chosen]


class AppealVerdict(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    upheld = forms.TypedChoiceField(coerce=lambda value: value == "yes", choices=[("yes", "yes"), ("no", "no")])
    note = forms.CharField(required=False, max_length=500)


class PairVerdict(forms.Form):
    """Two statements that look alike: merge them, one of them staying, or keep them apart."""

    first = forms.IntegerField(min_value=0)
    second = forms.IntegerField(min_value=0)
    stays = forms.IntegerField(min_value=0, required=False)
    verdict = forms.ChoiceField(choices=[("merge", "merge"), ("apart", "apart")])


class FlagVerdict(forms.Form):
    verdict = forms.ChoiceField(choices=[(each, each) for each in ("exclude", "clear", "restore")])
    reason = forms.CharField(label=_("Why"), required=False, max_length=500)
