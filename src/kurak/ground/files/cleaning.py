"""Files without what they tell about the people who made them, as far as we can take it out by ourselves."""

from __future__ import annotations

import io
import zipfile

from kurak.ground.files import images, office, pdf
from kurak.ground.files.inspecting import BROKEN, UNREADABLE, BadFile, Kind, able_to_act, need_modest

PROPERTIES = "http://schemas.openxmlformats.org"
EMPTY = {
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PROPERTIES}/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{PROPERTIES}/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{PROPERTIES}/officeDocument/2006/custom-properties"/>',
    "meta.xml": (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>'
    ),
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
THEN = (1980, 1, 1, 0, 0, 0)  # the earliest moment an archive can name: when a part was saved is not kept either
CLEANABLE = frozenset({"png", "jpeg", "docx", "xlsx", "odt"})


def cleaned(data: bytes, kind: Kind) -> bytes:
    """Pictures: only the picture (images.py). Office files: author, company, dates and remarks of the file's
    properties emptied, names beside remarks and changes too, pictures inside cleaned, nothing left that is fetched from
    elsewhere. PDF: author, program, dates, keywords. What any of them says in its text stays, and pages say so."""
    if kind.code in {"png", "jpeg"}:
        return images.cleaned(data)
    if kind.code == "pdf":
        return pdf.cleaned(data)
    return _clean_office(data) if kind.code in CLEANABLE else data


def _clean_office(data: bytes) -> bytes:
    try:
        return _packed_again(data)
    except UNREADABLE as problem:
        raise BadFile("file.broken", BROKEN) from problem


def _packed_again(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(made, "w") as clean:
        need_modest(packed.infolist())
        for part in packed.infolist():
            about = zipfile.ZipInfo(part.filename, THEN)
            stored = part.filename == "mimetype"  # of ODF: first, and not compressed
            about.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            clean.writestr(about, _clean_part(part.filename, packed.read(part)))
    return made.getvalue()


def _clean_part(name: str, body: bytes) -> bytes:
    if name in EMPTY:
        return (DECLARATION + EMPTY[name]).encode()
    if body.startswith((images.PNG, images.JPEG)):
        return images.cleaned(body)
    if office.can_act(name, body):
        raise able_to_act()
    return office.quiet(name, body)
