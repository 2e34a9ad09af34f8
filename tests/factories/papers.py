"""A small paper with everything in it."""

import datetime as dt

from kurak.ground.papers.paper import Grid, Heading, Items, Paper, Prose, Span

LAW = (Span("Law on assemblies, article 4, "), Span("example.org", url="https://example.org/law"))
WORDS = {
    "en": ("Freedom of assembly", "People may gather without asking first."),
    "ru": ("Свобода собраний", "Люди могут собираться, не спрашивая разрешения."),
    "prs": ("آزادی تجمع", "مردم می‌توانند بدون اجازه گرد هم آیند."),
}
HOSTILE = '#panic(1) $x$ #import "/etc/passwd" <b>&amp;</b> \\ * _ [x] =SUM(1)'


def a_paper(language: str = "en", **fields) -> Paper:
    title, words = WORDS[language]
    blocks = (
        Heading(title),
        Prose((Span(words, note=LAW), Span(" "), Span("сказано", "ru", italic=True))),
        Prose((Span(HOSTILE),), "quote"),
        Items(((Span("one"),), (Span("two", note=LAW),)), numbered=True),
        Grid(("A", "B"), (((Span("1"),), (Span("2"),)),), caption="Two"),
    )
    return Paper(title, language, fields.pop("blocks", blocks), **{"dated": dt.date(2026, 5, 4), **fields})
