"""A paper as DOCX, for people who go on writing in it: styles, real footnotes, both directions of writing."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.papers.footnotes import Footnotes
from kurak.ground.papers.paper import (
    Block,
    Grid,
    Heading,
    Items,
    Paper,
    Prose,
    Span,
    Spans,
    is_right_to_left,
    linked,
    readable,
)
from kurak.ground.papers.runs import ARABIC, LATIN, TILE, link, speak
from kurak.ground.publishing.citing import PUBLISHER

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLES = {"plain": "Normal", "quote": "Quote", "small": "Kurak small", "lead": "Kurak lead"}
LONGEST_TITLE = 255  # of the properties of a file
TEXT_WIDTH = 210 - 2 * 24  # millimetres between the margins
LONG_AGO = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - python-docx takes naive times; the clock is nobody's business


def word(paper: Paper) -> bytes:
    return Word(paper).written()


class Word:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.file = Document()
        self.notes = Footnotes(self.file)

    def written(self) -> bytes:
        self._about()
        self._styles()
        self._page()
        self._title()
        for block in self.paper.blocks:
            self._block(block)
        self.notes.close()
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _about(self) -> None:
        """Nobody's name and no time of day: a file goes further than its maker thinks."""
        about = self.file.core_properties
        about.title, about.language = (
            readable(self.paper.title)[:LONGEST_TITLE],
            BY_CODE[self.paper.language].cldr.replace("_", "-"),
        )
        about.author = about.last_modified_by = PUBLISHER
        about.comments = ""
        dated = self.paper.dated
        about.created = about.modified = dt.datetime(dated.year, dated.month, dated.day) if dated else LONG_AGO  # noqa: DTZ001

    def _styles(self) -> None:
        styles = self.file.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(10.5)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("w:hAnsi", "w:eastAsia"):
            fonts.set(qn(side), LATIN)
        fonts.set(qn("w:cs"), ARABIC)
        for name, size in (("Kurak small", 9.0), ("Kurak lead", 12.0)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style, style.font.size = normal, Pt(size)
            style.paragraph_format.space_after = Pt(size / 3)
        for level, size in enumerate((16.0, 13.0, 11.0, 10.5), start=1):
            font = styles[f"Heading {level}"].font
            font.name, font.size, font.bold, font.color.rgb = LATIN, Pt(size), True, TILE
            own = styles[f"Heading {level}"].element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                own.attrib.pop(qn(theme), None)
            own.set(qn("w:cs"), ARABIC)

    def _page(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(24)
        section.top_margin = section.bottom_margin = Mm(24)
        foot = section.footer.paragraphs[0]
        self._write(foot, (Span(self.paper.foot),), self.paper.language)
        foot.style = self.file.styles["Kurak small"]

    def _title(self) -> None:
        self._heading(self.paper.title, 0, self.paper.language)
        if self.paper.subtitle:
            self._prose(Prose((Span(self.paper.subtitle),), "lead"))
        for label, value in self.paper.facts:
            self._prose(Prose((Span(f"{label}: ", bold=True), Span(value))))

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block.text, block.level, block.language or self.paper.language)
            case Prose():
                self._prose(block)
            case Items():
                style = "List Number" if block.numbered else "List Bullet"
                for item in block.items:
                    self._write(self.file.add_paragraph(style=style), item, self.paper.language)
            case Grid():
                self._grid(block)

    def _heading(self, text: str, level: int, language: str) -> None:
        self._write(self.file.add_heading(level=level), (Span(text, language),), self.paper.language)

    def _prose(self, block: Prose) -> None:
        paragraph = self.file.add_paragraph(style=STYLES[block.style])
        self._write(paragraph, block.spans, block.language or self.paper.language)

    def _grid(self, block: Grid) -> None:
        if block.caption:
            self._prose(Prose((Span(block.caption, bold=True),)))
        table: Table = self.file.add_table(rows=1, cols=len(block.head), style="Table Grid")
        if self.paper.right_to_left:
            table._tblPr.append(OxmlElement("w:bidiVisual"))
        for cell, said in zip(table.rows[0].cells, block.head, strict=True):
            self._write(cell.paragraphs[0], (Span(said, bold=True),), self.paper.language)
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))  # the head is repeated on every page
        for row in block.rows:
            for cell, spans in zip(table.add_row().cells, row, strict=True):
                self._write(cell.paragraphs[0], spans, self.paper.language)
        shares = block.widths or (1.0,) * len(block.head)
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            for cell in column.cells:  # Word looks at cells, others at columns
                cell.width = column.width = Mm(TEXT_WIDTH * share / sum(shares))
        self.file.add_paragraph()

    def _write(self, paragraph: Paragraph, spans: Spans, language: str) -> None:
        if is_right_to_left(language):
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for span in spans:
            self._span(paragraph, span, language)
            if span.note:
                self.notes.note(paragraph, span.note, self.paper.language)

    def _span(self, paragraph: Paragraph, span: Span, language: str) -> None:
        run = paragraph.add_run(readable(span.text))
        run.bold, run.italic = span.bold or None, span.italic or None
        speak(run._r.get_or_add_rPr(), span.language or language)
        if url := linked(span.url):
            link(paragraph.part, run, url)
