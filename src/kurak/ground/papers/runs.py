"""Runs of words in DOCX: their language and direction, their links."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.papers.paper import is_right_to_left

TILE = RGBColor(0x0E, 0x7C, 0x7B)
LATIN, ARABIC = "Noto Sans", "Noto Naskh Arabic"


def speak(properties: Any, language: str) -> None:
    """Says in which language a run is, and that it runs right to left."""
    said = OxmlElement("w:lang")
    name = BY_CODE[language].cldr.replace("_", "-") if language in BY_CODE else language
    if is_right_to_left(language):
        properties.append(OxmlElement("w:rtl"))
        said.set(qn("w:bidi"), name)
    else:
        said.set(qn("w:val"), name)
    properties.append(said)


def link(part: Any, run: Any, url: str) -> None:
    run.font.color.rgb, run.underline = TILE, True
    around = OxmlElement("w:hyperlink")
    around.set(qn("r:id"), part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(around)
    around.append(run._r)
