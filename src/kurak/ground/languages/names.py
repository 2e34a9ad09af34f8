"""What the ten languages call one another and the places of the world, as CLDR has it. Loads no Django."""

from __future__ import annotations

from functools import cache

from babel import Locale

from kurak.ground.languages.declared import BY_CODE

# Where CLDR has no name. Everything else is CLDR's own.
OURS = {("prs", "tg"): "дарӣ", ("prs", "mn"): "дари"}


@cache
def locale(code: str) -> Locale:
    return Locale.parse(BY_CODE[code].cldr)


@cache
def language_name(code: str, *, in_: str) -> str:
    """The name of one of the ten languages in another of them; its own name where CLDR has none.

    >>> language_name("kk", in_="ru"), language_name("prs", in_="en"), language_name("mn", in_="mn")
    ('казахский', 'Dari', 'монгол')
    """
    if (code, in_) in OURS:
        return OURS[code, in_]
    names = locale(in_).languages
    return names.get(BY_CODE[code].cldr) or names.get(code) or BY_CODE[code].own_name


def territory_name(code: str, *, in_: str) -> str | None:
    """CLDR's name of a territory (ISO 3166-1 alpha-2, or UN M.49 such as 001 and 143), None where it has none.

    >>> territory_name("KG", in_="ru"), territory_name("143", in_="en")
    ('Киргизия', 'Central Asia')
    """
    return locale(in_).territories.get(code)
