"""A paper as a piece of HTML for a page: notes at its end, every text with its language and direction."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.papers.paper import Block, Grid, Heading, Items, Paper, Prose, Span, Spans, linked, readable


class Web:
    """Writes one paper; numbers its notes on the way."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.notes: list[SafeString] = []

    def body(self) -> SafeString:
        return format_html_join("\n", "{}", ((self._block(block),) for block in self.paper.blocks))

    def foot(self) -> SafeString:
        """The notes, once the body is written."""
        rows = ((number, note, number, _("Back to the text")) for number, note in enumerate(self.notes, start=1))
        return format_html_join("\n", '<li id="note-{}">{} <a href="#mark-{}" aria-label="{}">↩</a></li>', rows)

    def _block(self, block: Block) -> SafeString:
        match block:
            case Heading():
                level = min(block.level + 1, 6)  # the page's own title is the first
                return format_html("<h{}>{}</h{}>", level, self._said(readable(block.text), block.language), level)
            case Prose():
                return format_html(
                    '<p class="paper-{}"{}>{}</p>', block.style, self._speaks(block.language), self._spans(block.spans)
                )
            case Items():
                mark = "ol" if block.numbered else "ul"
                items = format_html_join("", "<li>{}</li>", ((self._spans(item),) for item in block.items))
                return format_html("<{}>{}</{}>", mark, items, mark)
            case Grid():
                return self._grid(block)

    def _grid(self, block: Grid) -> SafeString:
        head = format_html_join("", '<th scope="col">{}</th>', ((readable(word),) for word in block.head))
        rows = format_html_join(
            "", "<tr>{}</tr>",
            ((format_html_join("", "<td>{}</td>", ((self._spans(cell),) for cell in row)),) for row in block.rows),
        )  # fmt: skip
        title = readable(block.caption)
        caption = format_html("<caption>{}</caption>", title) if title else ""
        return format_html(
            '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="table">{}<thead><tr>{}</tr>'
            "</thead><tbody>{}</tbody></table></div>",
            title or _("Table"), caption, head, rows,
        )  # fmt: skip

    def _spans(self, spans: Spans) -> SafeString:
        return format_html_join("", "{}", ((self._span(span),) for span in spans))

    def _span(self, span: Span) -> SafeString:
        told: SafeString = format_html("{}", readable(span.text))
        if span.bold:
            told = format_html("<strong>{}</strong>", told)
        if span.italic:
            told = format_html("<em>{}</em>", told)
        if url := linked(span.url):
            told = format_html('<a href="{}" rel="noreferrer nofollow">{}</a>', url, told)
        told = self._said(told, span.language)
        return format_html("{}{}", told, self._mark(span.note)) if span.note else told

    def _said(self, told: str, language: str) -> SafeString:
        """In its own language, where that is not the paper's. A heading stays on the paper's side of the page."""
        speaks = self._speaks(language)
        return format_html("<span{}>{}</span>", speaks, told) if speaks else format_html("{}", told)

    def _mark(self, note: Spans) -> SafeString:
        self.notes.append(self._spans(note))
        number = len(self.notes)
        return format_html(
            '<sup><a id="mark-{}" href="#note-{}" aria-label="{}">{}</a></sup>',
            number, number, _("Note %(number)d") % {"number": number}, number,
        )  # fmt: skip

    def _speaks(self, language: str) -> SafeString:
        if not language or language == self.paper.language:
            return SafeString("")
        direction = BY_CODE[language].direction if language in BY_CODE else "auto"
        return format_html(' lang="{}" dir="{}"', language, direction)
