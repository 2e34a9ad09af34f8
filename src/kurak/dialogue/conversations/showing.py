"""What the participant's pages show: rows and pictures put together for templates, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from math import sqrt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.dialogue.conversations import analysis, chances, coverage, queries, quilt
from kurak.dialogue.conversations.forms import AboutMe, NewStatement
from kurak.dialogue.conversations.models import Conversation, Edition, Picture, Statement
from kurak.dialogue.conversations.visiting import Visit, live_pass

Z = 1.645  # of the 90 % intervals


def picture_row(conversation: Conversation) -> Picture | None:
    return Picture.objects.filter(conversation=conversation).defer("state").first()


def thumbnail(conversation: Conversation) -> dict[str, Any]:
    row = Picture.objects.filter(conversation=conversation).only("shown", "people").first()
    if row is None:
        return {"people": 0}
    return {"people": row.people} | (quilt.small(row.shown["quilt"]) if row.shown else {})


def page_of(visit: Visit, *, cards: int) -> dict[str, Any]:
    """The conversation's own page."""
    conversation = visit.conversation
    page = picture_of(visit)
    guests = conversation.admission == Conversation.Admission.GUESTS
    about = AboutMe(conversation=conversation, initial=vars(visit.participant)) if known(visit) else None
    return page | ballot(visit, cards=cards) | {
        "needs_code": guests and visit.participant is None,
        "progress": queries.progress(conversation, visit.participant),
        "uniting": page.get("unites", [])[:3], "about_me": about,
    }  # fmt: skip


def door(visit: Visit) -> dict[str, Any]:
    """What stands at the door of a guests' conversation: its question, and where the code goes."""
    conversation = visit.conversation
    return {"conversation": conversation, "phase": queries.phase_of(conversation), "needs_code": True}


def known(visit: Visit) -> bool:
    return visit.participant is not None and bool(visit.conversation.asks)


def ballot(visit: Visit, *, cards: int, skip: Iterable[int] = ()) -> dict[str, Any]:
    """The next statements, drawn by lot, with their sealed chances."""
    skipped = set(skip)
    # Words are read for the few that are drawn, not for the hundreds that could have been.
    open_ = queries.unanswered(visit.conversation, visit.participant)
    bare = open_.values_list("pk", "number", "is_meta", named=True)
    drawn = analysis.drawn_by_lot(
        [each for each in bare if each.number not in skipped], picture_row(visit.conversation), cards
    )
    whole = Statement.objects.in_bulk([each.pk for each, _chance in drawn])
    shown = [card(whole[each.pk], chance) for each, chance in drawn if each.pk in whole]
    return {"conversation": visit.conversation, "cards": shown, "skipping": bool(skipped)}


def card(statement: Statement, chance: float | None = None) -> dict[str, Any]:
    translated = statement.text.into(get_language() or "en").made is not None
    sealed = chances.sealed(statement, chance) if chance is not None else ""
    return {"statement": statement, "chance": sealed, "translated": translated}


def picture_of(visit: Visit) -> dict[str, Any]:
    conversation = visit.conversation
    row = picture_row(conversation)
    base = {
        "conversation": conversation, "participant": visit.participant, "phase": queries.phase_of(conversation),
        "version": row.version if row else 0, "live_url": live_url(conversation),
        "editions": conversation.editions.all(), "shown": None,
    }  # fmt: skip
    if row is None or not row.shown:
        return base
    drawn = quilt.drawn(row.shown)
    me = analysis.place_of(visit.participant, row) if visit.participant else None
    more = {"me": me and standing(me, drawn, row.shown), "coverage": coverage.told(row.shown.get("coverage", []))}
    return base | described(conversation, row.shown, drawn) | more


def edition_of(visit: Visit, edition: Edition) -> dict[str, Any]:
    drawn = quilt.drawn(edition.shown)
    return {"edition": edition} | described(visit.conversation, edition.shown, drawn)


def described(conversation: Conversation, shown: Mapping[str, Any], drawn: Mapping[str, Any]) -> dict[str, Any]:
    """A picture's numbers with the statements they are about. The table of all statements is made only for those
    templates that ask for it."""
    briefs = [*shown["unites"], *shown["divides"], *(each for found in shown["stands_for"] for each in found)]
    named = {*(brief["statement"] for brief in briefs), *shown["everyone"]}
    statements = {each.number: each for each in queries.readable_statements(conversation).filter(number__in=named)}
    rows = {row["number"]: row for row in shown["rows"]}

    def told(brief: Mapping[str, Any]) -> dict[str, Any]:
        number = brief["statement"]
        return {"statement": statements[number], "side": brief["side"], "shares": shares(rows[number], shown["clear"])}

    def all_told(briefs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [told(brief) for brief in briefs if brief["statement"] in statements]

    groups = [
        {
            **group,
            "letter": quilt.LETTERS[group["label"]],
            "findings": all_told(shown["stands_for"][group["label"]][:5]),
        }
        for group in shown["groups"]
    ]
    return {
        "conversation": conversation, "shown": shown, "quilt": drawn, "groups": groups if shown["clear"] else [],
        "unites": all_told(shown["unites"]), "divides": all_told(shown["divides"][:5]),
        "everyone": all_told({"statement": n, "side": "agree"} for n in shown["everyone"]),
        "rows": partial(table_of, conversation, shown),
    }  # fmt: skip


def table_of(conversation: Conversation, shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every statement of the picture with its shares."""
    statements = {each.number: each for each in queries.readable_statements(conversation) if not each.left_out}
    return [
        {"statement": statements[row["number"]], **share(row["all"]), "groups": [share(g) for g in row["groups"]]}
        for row in shown["rows"]
        if row["number"] in statements
    ]


def shares(row: Mapping[str, Any], clear: bool) -> list[dict[str, Any]]:
    if not clear:
        return [share(row["all"])]
    return [{"label": g, "letter": quilt.LETTERS[g], **share(part)} for g, part in enumerate(row["groups"])]


def share(counts: list[int]) -> dict[str, Any]:
    """Agrees, disagrees and passes in percent that add up to 100; the agrees with their interval."""
    agree, disagree, n = counts
    if not n:
        return {"agree": 0, "disagree": 0, "passed": 0, "pass_end": 0, "n": 0, "low": None, "high": None}
    a, d = round(100 * agree / n), round(100 * disagree / n)
    low, high = wilson(agree, n)
    p = max(100 - a - d, 0)
    return {"agree": a, "disagree": 100 - a - p, "passed": p, "pass_end": a + p, "n": n,
            "low": round(100 * low), "high": round(100 * high)}  # fmt: skip


def wilson(count: int, n: int) -> tuple[float, float]:
    middle, spread = (count + Z**2 / 2) / (n + Z**2), Z / (n + Z**2) * sqrt(count * (n - count) / n + Z**2 / 4)
    return max(middle - spread, 0.0), min(middle + spread, 1.0)


def standing(me: Mapping[str, Any], drawn: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """My own place: where the mark is drawn, and a sentence that says how sure it is."""
    inside = lambda at, most: min(max(at, 4), most - 4)  # noqa: E731
    px = inside((me["x"] - drawn["left"]) * drawn["scale"], drawn["width"])
    py = inside((me["y"] - drawn["top"]) * drawn["scale"], drawn["height"])
    if not shown["clear"] or me["group"] < 0:
        sentence = _("Your place is marked. The more you vote, the surer it is.")
    elif me["confidence"] < 0.7:
        sentence = _("Your place is marked: between the groups, nearest to group %(letter)s.")
    else:
        sentence = _("Your place is marked: in group %(letter)s.")
    return {**me, "px": px, "py": py, "sentence": sentence % {"letter": quilt.LETTERS[max(me["group"], 0)]}}


def live_url(conversation: Conversation) -> str:
    """Where the live process answers; the page's script fills in the host when none is set."""
    given = live_pass(conversation)
    query = f"?lang={get_language()}" + (f"&pass={given}" if given else "")
    return f"{settings.LIVE_URL or f':{settings.PORT + 1}/live/'}{conversation.slug}/{query}"


def writing(visit: Visit, form: NewStatement, alike: Iterable[Statement] = ()) -> dict[str, Any]:
    return {"conversation": visit.conversation, "form": form, "alike": [card(each) for each in alike]}


def my_page(visit: Visit) -> dict[str, Any]:
    me = visit.participant
    return {
        "conversation": visit.conversation, "participant": me, "phase": queries.phase_of(visit.conversation),
        "key": visit.key, "votes": queries.votes_of(me) if me else [],
        "statements": queries.statements_of(me) if me else [],
    }  # fmt: skip


def data_of(conversation: Conversation) -> dict[str, Any]:
    """The picture as data, without anybody's votes."""
    row = picture_row(conversation)
    about = {"conversation": conversation.slug, "url": reverse("conversations:picture", args=[conversation.slug])}
    readable = queries.readable_statements(conversation)
    texts = {each.number: each.text.as_json() for each in readable if not each.left_out}
    drawn = {"version": row.version, "drawn_at": row.drawn_at.isoformat(), **row.shown} if row else {}
    return about | {"sign": "+1 = agree, -1 = disagree, 0 = pass"} | drawn | {"texts": texts}
