"""Real footnotes in DOCX, which python-docx does not write: a part of its own, with two separators before the first."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kurak.ground.papers.paper import Spans, is_right_to_left, linked, readable
from kurak.ground.papers.runs import link, speak

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
EMPTY = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class Footnotes:
    def __init__(self, file: Any) -> None:
        self.file = file
        self.part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE, parse_xml(EMPTY), file.part.package)
        self.number = 0

    def note(self, paragraph: Paragraph, spans: Spans, language: str) -> None:
        """A mark at the end of the paragraph so far, and its note at the foot of the page."""
        self.number += 1
        mark = paragraph.add_run()
        mark.font.superscript = True
        pointer = OxmlElement("w:footnoteReference")
        pointer.set(qn("w:id"), str(self.number))
        mark._r.append(pointer)
        self._foot(spans, language)

    def _foot(self, spans: Spans, language: str) -> None:
        foot, body = OxmlElement("w:footnote"), OxmlElement("w:p")
        foot.set(qn("w:id"), str(self.number))
        foot.append(body)
        self.part.element.append(foot)
        if is_right_to_left(language):
            body.get_or_add_pPr().append(OxmlElement("w:bidi"))
        paragraph = Paragraph(body, self.file._body)
        paragraph.style = self.file.styles["Kurak small"]
        number = paragraph.add_run()
        number.font.superscript = True
        number._r.append(OxmlElement("w:footnoteRef"))
        paragraph.add_run(" ")
        for span in spans:
            run: Run = paragraph.add_run(readable(span.text))
            speak(run._r.get_or_add_rPr(), span.language or language)
            if url := linked(span.url):
                link(self.part, run, url)

    def close(self) -> None:
        if self.number:
            self.file.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
