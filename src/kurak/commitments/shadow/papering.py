"""A frozen report as a paper, in one of the platform's languages: words that exist in it are taken, others stay as they
were written and are marked as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kurak.commitments.accounts.models import Account, Grader
from kurak.commitments.shadow.assembling import text_of
from kurak.ground.papers.paper import Block, Grid, Heading, Items, Paper, Prose, Span

NOTHING = Span("—")


def paper_of(document: dict[str, Any], language: str, *, edition: str = "", url: str = "") -> Paper:
    """edition: its number, or empty for work in progress. url: where it can be read, printed at the foot."""
    with override(language):
        return Papering(document, language).paper(edition, url)


class Papering:
    def __init__(self, document: dict[str, Any], language: str) -> None:
        self.document, self.language = document, language

    def paper(self, edition: str, url: str) -> Paper:
        title = self._words(self.document["title"])
        day = dt.date.fromisoformat(self.document["assembled_on"])
        return Paper(
            title=title,
            language=self.language,
            subtitle=_("Alternative report of civil society"),
            facts=tuple(self._facts(edition)),
            blocks=tuple(self._blocks()),
            dated=day,
            foot=f"Kurak ({day.year}). {title}. {url}".strip(),
            contents=_("Contents"),
        )

    def _facts(self, edition: str) -> Iterator[tuple[str, str]]:
        names = self.document["place"]["names"]
        yield _("Place"), names.get(self.language) or names.get("en") or self.document["place"]["code"]
        yield _("On"), self._words(self.document["agenda"]["title"])
        yield _("Period"), f"{self._day(self.document['start'])} – {self._day(self.document['end'])}"
        if self.document["addressee"]:
            yield _("To"), self.document["addressee"]
        yield _("Edition"), edition or _("Work in progress, not published")
        yield _("Day"), self._day(self.document["assembled_on"])
        if self.document["signed"]:
            yield _("Signed by"), "; ".join(self._words(each["name"]) for each in self.document["signed"])

    def _blocks(self) -> Iterator[Block]:
        for section in self.document["sections"]:
            if section["body"] or section.get("findings"):
                yield from self._section(section)

    def _section(self, section: dict[str, Any]) -> Iterator[Block]:
        """An empty one is left out: it was a plan."""
        heading, part = self._text(section["heading"]), section.get("provision")
        yield Heading(f"{part['code']}. {heading.text}" if part else heading.text, 1, heading.language)
        if section["body"]:
            yield from self._paragraphs(section["body"])
        for finding in section.get("findings", ()):
            if part is None or (finding["word"], finding["code"]) != ("provision", part["code"]):
                title = self._text(finding["title"])
                yield Heading(f"{finding['code']}. {title.text}", 2, title.language)
            yield from self._finding(finding)

    def _finding(self, finding: dict[str, Any]) -> Iterator[Block]:
        if finding["accounts"]:
            yield self._table(finding["accounts"])
        for account in finding["accounts"]:
            if account["text"]:
                yield Heading(f"{self._grader(account)}: {self._who(account)}", 3)
                yield from self._paragraphs(account["text"], note=self._sources(account))
            for reply in account["replies"]:
                spans = (Span(_("Answer of %(who)s: ") % {"who": self._words(reply["who"])}, bold=True),)
                yield Prose((*spans, self._text(reply["text"])), "quote")
        if finding["gap"] is not None:
            yield Prose((Span(gap_told(finding["gap"], firm=finding["gap_firm"]), bold=True),))
        if finding["questions"]:
            yield Heading(_("Questions that we propose"), 3)
            yield Items(tuple((self._text(each["text"]),) for each in finding["questions"]), numbered=True)

    def _table(self, accounts: list[dict[str, Any]]) -> Grid:
        rows = []
        for account in accounts:
            note = () if account["text"] else self._sources(account)  # under the words, where there are words
            value = self._value(account)
            rows.append((
                (Span(self._grader(account), bold=True), Span(f" {self._who(account)}")),
                (Span(value.text, value.language, note=note),),
                (Span(self._words(account["scale"])),),
                (Span(years(account["start"], account["end"])),),
            ))  # fmt: skip
        head = (_("Who says it"), _("Where it stands"), _("Scale"), _("Years"))
        return Grid(head, tuple(rows), widths=(3, 3, 3, 2))

    def _value(self, account: dict[str, Any]) -> Span:
        if account["step"]:
            return self._text(account["step"])
        return Span(account["value"] or _("No information"))

    def _grader(self, account: dict[str, Any]) -> str:
        return str(Grader(account["grader"]).label)

    def _who(self, account: dict[str, Any]) -> str:
        who = self._words(account["who"]) if account["who"] else account["said_by"]
        if account["first_hand"]:
            return who
        return _("%(who)s, from a published document") % {"who": who}

    def _sources(self, account: dict[str, Any]) -> tuple[Span, ...]:
        """One note that names every piece of evidence."""
        spans: list[Span] = []
        for piece in account["evidence"]:
            if spans:
                spans.append(Span("; "))
            spans += self._source(piece)
        confidence = Account.Confidence(account["confidence"]).label
        told = _("Confidence: %(confidence)s.") % {"confidence": confidence}
        return (*spans, Span(f" {told}")) if spans else (Span(_("No evidence is attached. ") + told),)

    def _source(self, piece: dict[str, Any]) -> list[Span]:
        page = f", {piece['page']}" if piece.get("page") else ""
        spans = [Span(piece["title"] + page, url=piece.get("url", ""))]
        if piece.get("copy_url"):
            spans += [Span(", "), Span(_("archived copy"), url=piece["copy_url"])]
        if piece.get("sha256"):
            spans.append(Span(f" [SHA-256 {piece['sha256'][:12]}…]"))
        return spans

    def _paragraphs(self, stored: dict[str, Any], note: tuple[Span, ...] = ()) -> Iterator[Block]:
        """A text is split where its author left a line empty; the note stands at the end of the last part."""
        told = self._text(stored)
        parts = [" ".join(part.split()) for part in told.text.replace("\r\n", "\n").split("\n\n") if part.strip()]
        for at, part in enumerate(parts, start=1):
            yield Prose((Span(part, told.language, note=note if at == len(parts) else ()),))

    def _text(self, stored: dict[str, Any]) -> Span:
        text = text_of(stored)
        if text is None:
            return NOTHING
        rendering = text.into(self.language)
        return Span(rendering.body, "" if rendering.language == self.language else rendering.language)

    def _words(self, stored: dict[str, Any]) -> str:
        return self._text(stored).text

    def _day(self, written: str) -> str:
        return date_format(dt.date.fromisoformat(written), "SHORT_DATE_FORMAT")


def years(start: str, end: str) -> str:
    """
    >>> years("2024-01-01", "2024-12-31"), years("2024-01-01", "2026-06-30")
    ('2024', '2024–2026')
    """
    return start[:4] if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"


def gap_told(value: float, *, firm: bool) -> str:
    """The gap in words: its size in hundredths of the common ladder."""
    points = round(abs(value) * 100)
    if points == 0:
        told = _("The state and civil society say the same.")
    elif value > 0:
        told = _("The state puts it %(points)d points of 100 higher than civil society found.") % {"points": points}
    else:
        told = _("Civil society puts it %(points)d points of 100 higher than the state.") % {"points": points}
    return told if firm else told + " " + _("The two scales were placed on a common ladder by us.")
