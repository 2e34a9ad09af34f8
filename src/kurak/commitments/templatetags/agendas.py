"""{{ node|node_title }}: what a part of a document is called, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.instruments.catalogue.texts import text_of

register = template.Library()


@register.filter
def node_title(node: Mapping[str, Any]) -> str:
    title = text_of(node.get("title"))
    return str(title.into(get_language() or "en")) if title else str(node.get("code", ""))


WORDS = {
    "title": _l("What is promised"), "text": _l("In more words"), "provisions": _l("What it answers"),
    "level": _l("Level"), "place": _l("Place"), "owner": _l("Who"), "owner_name": _l("Who"), "partners": _l("Partners"),
    "starts": _l("Starts"), "deadline": _l("Until"), "status": _l("Status"), "status_since": _l("In this status since"),
    "status_why": _l("Why it stands there"), "source": _l("Source"), "url": _l("Address of the source"),
    "verified": _l("Compared with the source"), "withdrawn": _l("Withdrawn"),
}  # fmt: skip


@register.filter
def field_word(name: str) -> str:
    """What a field of a commitment is called."""
    return str(WORDS.get(name, name))


@register.filter
def field_value(value: Any) -> str:
    """A value of a commitment in the reader's language; of a text, whatever language differs."""
    language = get_language() or "en"
    if value in (None, "", []):
        return "–"
    if isinstance(value, Text):
        return "; ".join([value.body, *(f"{code}: {body}" for code, (body, _made) in value.translations.items())])
    if isinstance(value, Place):
        return value.name(language)
    if isinstance(value, Organisation):
        return str(value.name.into(language))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value)
    return str(value)


CONSENTS = {
    "ratification": _l("ratification"), "accession": _l("accession"), "succession": _l("succession"),
    "acceptance": _l("acceptance"), "approval": _l("approval"),
}  # fmt: skip


@register.filter
def consent_word(consent: str) -> str:
    return str(CONSENTS.get(consent, consent))
