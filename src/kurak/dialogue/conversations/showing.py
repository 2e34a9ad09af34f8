"""What the participant's pages show: rows and pictures put together for templates, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.dialogue.conversations import analysis, chances, coverage, queries, quilt
from kurak.dialogue.conversations.forms import AboutMe, NewStatement
from kurak.dialogue.conversations.models import Conversation, Edition, Picture, Statement
from kurak.dialogue.conversations.sewing import sewn
from kurak.dialogue.conversations.telling import described
from kurak.dialogue.conversations.visiting import Visit, live_pass


def picture_row(conversation: Conversation) -> Picture | None:
    return Picture.objects.filter(conversation=conversation).defer("state").first()


def thumbnail(conversation: Conversation) -> dict[str, Any]:
    row = Picture.objects.filter(conversation=conversation).only("shown", "people").first()
    if row is None:
        return {"people": 0}
    return {"people": row.people} | (quilt.small(row.shown["quilt"]) if row.shown else {})


def page_of(visit: Visit, *, cards: int) -> dict[str, Any]:
    """The conversation's own page."""
    conversation, row = visit.conversation, picture_row(visit.conversation)
    guests = conversation.admission == Conversation.Admission.GUESTS
    about = AboutMe(conversation=conversation, initial=vars(visit.participant)) if known(visit) else None
    page = based(visit, row) | dealt(visit, row, cards=cards) | {
        "needs_code": guests and visit.participant is None, "about_me": about,
        "progress": queries.progress(conversation, visit.participant),
    }  # fmt: skip
    if row is None or not row.shown:
        return page
    me = standing(visit, row)
    return page | {"me": me, "sewn": sewn(row).with_me(me)}


def door(visit: Visit) -> dict[str, Any]:
    """What stands at the door of a guests' conversation: its question, and where the code goes."""
    conversation = visit.conversation
    return {"conversation": conversation, "phase": queries.phase_of(conversation), "needs_code": True}


def known(visit: Visit) -> bool:
    return visit.participant is not None and bool(visit.conversation.asks)


def ballot(visit: Visit, *, cards: int, skip: Iterable[int] = ()) -> dict[str, Any]:
    """The next statements, for a page that holds some already."""
    return dealt(visit, picture_row(visit.conversation), cards=cards, skip=skip)


def dealt(visit: Visit, row: Picture | None, *, cards: int, skip: Iterable[int] = ()) -> dict[str, Any]:
    """Statements drawn by lot, with their sealed chances."""
    skipped = set(skip)
    # Words are read for the few that are drawn, not for the hundreds that could have been.
    open_ = queries.unanswered(visit.conversation, visit.participant)
    bare = open_.values_list("pk", "number", "is_meta", named=True)
    drawn = analysis.drawn_by_lot([each for each in bare if each.number not in skipped], row, cards)
    whole = Statement.objects.in_bulk([each.pk for each, _chance in drawn])
    shown = [card(whole[each.pk], chance) for each, chance in drawn if each.pk in whole]
    return {"conversation": visit.conversation, "cards": shown, "skipping": bool(skipped)}


def card(statement: Statement, chance: float | None = None) -> dict[str, Any]:
    translated = statement.text.into(get_language() or "en").made is not None
    sealed = chances.sealed(statement, chance) if chance is not None else ""
    return {"statement": statement, "chance": sealed, "translated": translated}


def based(visit: Visit, row: Picture | None) -> dict[str, Any]:
    """What every page with a picture knows, whether or not there is one yet."""
    conversation = visit.conversation
    return {
        "conversation": conversation, "participant": visit.participant, "phase": queries.phase_of(conversation),
        "version": row.version if row else 0, "live_url": live_url(conversation),
        "editions": conversation.editions.all(), "shown": None,
    }  # fmt: skip


def picture_of(visit: Visit) -> dict[str, Any]:
    conversation, row = visit.conversation, picture_row(visit.conversation)
    base = based(visit, row)
    if row is None or not row.shown:
        return base
    told = described(conversation, row.shown, quilt.drawn(row.shown))
    return base | told | {"me": standing(visit, row), "coverage": coverage.told(row.shown.get("coverage", []))}


def edition_of(visit: Visit, edition: Edition) -> dict[str, Any]:
    drawn = quilt.drawn(edition.shown)
    return {"edition": edition} | described(visit.conversation, edition.shown, drawn)


def standing(visit: Visit, row: Picture) -> dict[str, Any] | None:
    """My own place: where the mark is drawn, and a sentence that says how sure it is."""
    me = analysis.place_of(visit.participant, row) if visit.participant else None
    if me is None:
        return None
    frame = quilt.frame(row.shown)
    at = {
        "px": within((me["x"] - frame["left"]) * frame["scale"], frame["width"]),
        "py": within((me["y"] - frame["top"]) * frame["scale"], frame["height"]),
    }
    letter = quilt.LETTERS[max(me["group"], 0)]
    return me | at | {"sentence": said_of(me, clear=row.shown["clear"]) % {"letter": letter}}


def within(at: float, most: float) -> float:
    return min(max(at, 4), most - 4)


def said_of(me: Mapping[str, Any], *, clear: bool) -> str:
    if not clear or me["group"] < 0:
        return _("Your place is marked. The more you vote, the surer it is.")
    if me["confidence"] < 0.7:
        return _("Your place is marked: between the groups, nearest to group %(letter)s.")
    return _("Your place is marked: in group %(letter)s.")


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
