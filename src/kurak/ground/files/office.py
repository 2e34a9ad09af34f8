"""Parts of office files without what they tell about those who wrote them, and without what would fetch something from
elsewhere when a reader opens them: a picture on somebody's server learns where and when a reviewer reads.

Formats: ECMA-376 (docx, xlsx), OASIS OpenDocument 1.3."""

from __future__ import annotations

import re
from collections.abc import Callable

NOWHERE = b"about:blank"
NOBODY = b"-"
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
LINK = re.compile(rb"""\bType\s*=\s*["'][^"']*/hyperlink["']""")
LOCAL = re.compile(rb"""\bTarget\s*=\s*["'](?:file:|[A-Za-z]:|\\\\)""", re.IGNORECASE)
TARGET = re.compile(rb"""(\bTarget\s*=\s*)(?:"[^"]*"|'[^']*')""")

type Change = tuple[re.Pattern[bytes], bytes]

WORD: tuple[Change, ...] = (
    (re.compile(rb'(\bw\d*(?:cex)?:(?:author|initials|userId|providerId)=)"[^"]*"'), rb'\1"-"'),  # remarks, changes
    (re.compile(rb'\s(?:w\d*(?:cex)?:(?:date|dateUtc)|w:rsid\w*)="[^"]*"'), b""),  # when, and in which sitting
    (re.compile(rb"<w:rsids>(?:(?!<w:rsids>).)*?</w:rsids>", re.DOTALL), b""),
    (re.compile(rb"(\bINCLUDE(?:PICTURE|TEXT)\s+(?:&quot;|\"))[^\"&<]*"), rb"\1" + NOWHERE),
)
EXCEL: tuple[Change, ...] = (
    (re.compile(rb"(<(?:\w+:)?author>)[^<]*(</)"), rb"\1\2"),
    (re.compile(rb'(\b(?:displayName|userId|providerId|userName)=)"[^"]*"'), rb'\1"-"'),
    (re.compile(rb'(<\w+:absPath\b[^<>]*\burl=)"[^"]*"'), rb'\1""'),
)
OPEN: tuple[Change, ...] = (
    (re.compile(rb"(<(?:dc:creator|meta:creator-initials|loext:sender-initials)>)[^<]*(</)"), rb"\1\2"),
    (re.compile(rb'(<config:config-item config:name="Printer(?:Name|Setup)"[^<>]*>)[^<]*(</)'), rb"\1\2"),
    (
        re.compile(rb'(<draw:(?!a[\s>])[\w-]+\b[^<>]*?\bxlink:href=)"(?:[a-z]+:|//|\\\\)[^"]*"', re.IGNORECASE),
        rb'\1"' + NOWHERE + rb'"',
    ),
)
PEOPLE = re.compile(r"xl/(?:persons/|threadedComments/|comments|workbook\.xml)")
ACTS = (
    re.compile(rb"<(?:\w+:)?ddeLink\b|\bDDEAUTO\b|<w:instrText[^<>]*>\s*DDE\b|\bw:instr=\"\s*DDE\b"),
    re.compile(rb"<(?:\w+:)?f\b[^<>]*>[^<]*(?:\b(?:WEBSERVICE|RTD|CALL|REGISTER|IMAGE)\(|\bcmd\s*\|)", re.IGNORECASE),
    re.compile(rb"<!ENTITY", re.IGNORECASE),
)


def can_act(name: str, body: bytes) -> bool:
    """Whether a part starts or fetches something by itself, or is written to blow up a reader."""
    return name.endswith((".xml", ".rels")) and any(each.search(body) for each in ACTS)


def quiet(name: str, body: bytes) -> bytes:
    """The part, with nobody's name beside the text and nothing to fetch."""
    if name.endswith(".rels"):
        return RELATION.sub(lambda found: _kept_inside(found.group()), body)
    for belongs, changes in PARTS:
        if belongs(name):
            for pattern, instead in changes:
                body = pattern.sub(instead, body)
    return body


def _kept_inside(tag: bytes) -> bytes:
    """A link stays, for somebody has to click it first; not one into the writer's own disk."""
    if b"External" not in tag or (LINK.search(tag) and not LOCAL.search(tag)):
        return tag
    return TARGET.sub(rb'\1"' + NOWHERE + rb'"', tag)


PARTS: tuple[tuple[Callable[[str], object], tuple[Change, ...]], ...] = (
    (lambda name: name.startswith("word/") and name.endswith(".xml"), WORD),
    (PEOPLE.match, EXCEL),
    (lambda name: name in {"content.xml", "styles.xml", "settings.xml"}, OPEN),
)
