"""Who is missing: those who took part, by the answers they gave, beside those who were expected. Counted when the
picture is drawn, through the guarded count, so that whoever reloads a page learns nothing from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.dialogue.conversations.forms import CHOICES
from kurak.dialogue.conversations.models import Conversation
from kurak.ground.measures.models import Measure
from kurak.ground.places.models import Place
from kurak.ground.safety import releases

HARDLY = 0.5  # of the expected share


def counted(conversation: Conversation) -> list[dict[str, Any]]:
    """For each question that is asked: guarded counts, and the share that was expected where it is known."""
    return [part for question in conversation.asks if (part := _question(conversation, question))]


def _question(conversation: Conversation, question: str) -> dict[str, Any] | None:
    given = conversation.participants.filter(consented=True).exclude(**{question: ""})
    counts = Counter(given.values_list(question, flat=True))
    if not counts:
        return None
    basis, expected = expectation(conversation, question)
    whole = {value: counts.get(value, 0) for value in {*counts, *expected}}
    table = releases.published(f"conversation:{conversation.pk}:{question}", whole)
    rows = [
        {"value": value, "count": table[value].shown, "expected": expected.get(value)}
        for value in sorted(whole) if value in table.cells
    ]  # fmt: skip
    return {"question": question, "basis": basis, "total": table.total.shown, "rows": rows}


def expectation(conversation: Conversation, question: str) -> tuple[str, Mapping[str, float]]:
    """Shares by value: of the guest list, or of the population of the countries."""
    if question in {"country", "generation"} and conversation.admission == Conversation.Admission.GUESTS:
        invited = Counter(conversation.guest_codes.exclude(**{question: ""}).values_list(question, flat=True))
        return "guests", parts(invited)
    if question == "country" and conversation.place.kind in {Place.Kind.REGION, Place.Kind.WORLD}:
        return "population", parts(population())
    return "", {}


def population() -> dict[str, float]:
    """People of each country, the newest figure that may be compared."""
    known = Measure.objects.filter(
        quantity__code="population", slice="", withdrawn_at=None, place__kind=Place.Kind.COUNTRY
    ).exclude(quality=Measure.Quality.UNVERIFIED)
    return dict(known.order_by("end").values_list("place__code", "value"))


def parts(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {value: count / total for value, count in counts.items()} if total else {}


def told(counted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same for a page, in the reader's language."""
    bases = {"guests": _("Invited"), "population": _("Population")}
    return [
        {
            "title": CHOICES[part["question"]][0], "expected": bases.get(part["basis"]),
            "rows": [_row(row, part) for row in part["rows"]],
        }
        for part in counted
    ]  # fmt: skip


def _row(row: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    expected, total = row["expected"], part["total"]
    share = (row["count"] or 0) / total if total else None
    return {
        "name": named(part["question"], row["value"]), "count": "–" if row["count"] is None else row["count"],
        "expected": None if expected is None else round(100 * expected),
        "missing": expected is not None and share is not None and share < HARDLY * expected,
    }  # fmt: skip


def named(question: str, value: str) -> str:
    if question == "country" and (place := Place.objects.filter(code=value).first()):
        return place.name(get_language() or "en")
    return str(dict(CHOICES[question][1]()).get(value, value))
