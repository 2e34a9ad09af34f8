"""What is new, as an Atom feed: approved accounts and replies of authorities, newest first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.commitments.accounts import queries
from kurak.commitments.accounts.kinds import title_of, title_of_reply, who_says
from kurak.commitments.accounts.models import Account, Grader, Reply
from kurak.commitments.accounts.things import thing_of
from kurak.commitments.agendas.queries import agenda_called
from kurak.ground.papers.paper import readable
from kurak.ground.places.queries import place_called

MOST = 50


class Findings(Feed):
    """Of all agendas, or `?agenda=` and `?place=`."""

    feed_type = Atom1Feed
    title = _l("New findings on commitments")
    subtitle = _l("What the state, civil society and treaty bodies say on where commitments stand.")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        agenda, place = request.GET.get("agenda", ""), request.GET.get("place", "")
        return {
            "agenda": agenda_called(agenda) if agenda else None,
            "place": place_called(place) if place else None,
        }

    def link(self, obj: dict[str, Any]) -> str:
        return reverse("accounts:overview")

    def items(self, obj: dict[str, Any]) -> list[Account | Reply]:
        accounts = queries.published()
        replies = Reply.objects.filter(account__in=queries.published()).select_related(
            "organisation", *(f"account__{each}" for each in queries.THINGS)
        )
        if obj["agenda"]:
            accounts = accounts.filter(queries.about_agenda(obj["agenda"]))
            replies = replies.filter(account__in=accounts)
        if obj["place"]:
            accounts = accounts.filter(queries.inside(obj["place"]))
            replies = replies.filter(account__in=accounts)
        found: list[Account | Reply] = [
            *accounts.order_by("-published_at")[:MOST],
            *replies.order_by("-said_at")[:MOST],
        ]
        return sorted(found, key=self.item_pubdate, reverse=True)[:MOST]

    def item_title(self, item: Any) -> str:
        return readable(title_of_reply(item) if isinstance(item, Reply) else title_of(item))

    def item_description(self, item: Any) -> str:
        text = item.words if isinstance(item, Reply) else item.text
        said = str(text.into(get_language() or "en")) if text else ""
        thing = thing_of(item.account if isinstance(item, Reply) else item)
        told = {"thing": thing.title.into(get_language() or "en"), "said": said[:500]}
        return readable(_("%(thing)s: %(said)s") % told)

    def item_link(self, item: Any) -> str:
        if isinstance(item, Reply):
            return f"{thing_of(item.account).url}#reply-{item.pk}"
        return reverse("accounts:account", args=[item.pk])

    def item_guid(self, item: Any) -> str:
        return f"kurak:{'reply' if isinstance(item, Reply) else 'account'}:{item.pk}"

    def item_pubdate(self, item: Any) -> dt.datetime:
        return item.said_at if isinstance(item, Reply) else item.published_at

    item_updateddate = item_pubdate

    def item_author_name(self, item: Any) -> str:
        if isinstance(item, Reply):
            return readable(str(item.organisation.name.into(get_language() or "en")))
        return readable(who_says(item))

    def item_categories(self, item: Any) -> list[str]:
        return [Grader.STATE.value] if isinstance(item, Reply) else [item.grader]
