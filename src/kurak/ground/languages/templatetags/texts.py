"""{% text statement.text %}: a person's text in the reader's language, marked when it is a translation."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.ground.languages.text import Text

register = template.Library()


@register.simple_tag(takes_context=True)
def text(
    context: template.Context, value: Text | None, original: bool = False, house: bool = False
) -> SafeString | str:
    """The text in its element with language and direction; `original` shows it as it was written.

    `house`: our own words, such as the name of a theme, whose translations need no mark."""
    if value is None:
        return ""
    shown = value.original if original else value.into(get_language() or "en")
    mark = {"machine": _("machine translation"), "human": _("translation")}.get(shown.made or "")
    if mark and not house:
        return format_html(
            '<span lang="{}" dir="{}">{}</span> <small class="translated">{}</small>',
            shown.language, shown.direction, shown.body, mark,
        )  # fmt: skip
    return format_html('<span lang="{}" dir="{}">{}</span>', shown.language, shown.direction, shown.body)


@register.filter
def into(value: Text | None, language: str | None = None) -> str:
    """The bare body in the reader's language, for titles and attributes; nothing where there is no text."""
    return "" if value is None else str(value.into(language or get_language() or "en"))


@register.filter
def place_name(place: Any) -> str:
    """A place in the reader's language. (Places stand on languages, so their class is not imported here.)"""
    return place.name(get_language() or "en")
