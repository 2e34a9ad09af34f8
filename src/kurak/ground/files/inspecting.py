"""What a file is: by what stands in it, never by its name or by what a browser says."""

from __future__ import annotations

import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.errors import Refused
from kurak.ground.files import images, pdf

LARGEST = 4_000_000  # bytes of one file; the whole form must stay below readable.LARGEST
MOST_INSIDE = 60_000_000  # bytes that an office file may unpack to
MOST_PARTS = 2000  # of an office file
LONGEST_NAME = 100
BROKEN = _l("This file is cut off or broken. Save it again, then send it.")

# What unpacking a broken archive, or one that is packed in a way of its own, can end in.
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Kind:
    code: str  # also the ending of the name
    media_type: str


KINDS = {
    each.code: each
    for each in (
        Kind("pdf", "application/pdf"),
        Kind("png", "image/png"),
        Kind("jpeg", "image/jpeg"),
        Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Kind("odt", "application/vnd.oasis.opendocument.text"),
        Kind("txt", "text/plain"),
    )
}
ACTIVE_IN_OFFICE = re.compile(
    r"vbaProject|vbaData|activeX/|^Basic/|^Scripts/|embeddings/.*\.bin$|oleObject", re.IGNORECASE
)


class BadFile(Refused):
    """A file that is not taken."""


def kind_of(data: bytes) -> Kind:
    """What the file is; refuses what is too large, broken, able to act, or none of the kinds we take."""
    if not data:
        raise BadFile("file.empty", _("This file is empty. Choose another."))
    if len(data) > LARGEST:
        most = LARGEST // 1_000_000
        raise BadFile(
            "file.too_large",
            _("This file is larger than %(most)d MB. Make it smaller, or give a link to it.") % {"most": most},
        )
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith((images.PNG, images.JPEG)):
        images.need_whole(data)
        return KINDS["png" if data.startswith(images.PNG) else "jpeg"]
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if is_text(data):
        return KINDS["txt"]
    raise unknown()


def unknown() -> BadFile:
    sentence = _(
        "This is none of the kinds of file taken here: PDF, PNG, JPEG, DOCX, XLSX, ODT or plain text in UTF-8."
    )
    return BadFile("file.kind", sentence)


def _pdf(data: bytes) -> Kind:
    if b"%%EOF" not in data[-2048:]:
        raise BadFile("file.broken", BROKEN)
    if pdf.is_locked(data):
        raise locked()
    try:
        acts = pdf.can_act(data)
    except pdf.TooMuch as problem:
        raise bomb() from problem
    if acts:
        raise able_to_act()
    return KINDS["pdf"]


def able_to_act() -> BadFile:
    sentence = _("This file holds programs or other files (macros, scripts, attachments). Save it without them.")
    return BadFile("file.active", sentence)


def _office(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            start = packed.open("mimetype").read(100) if "mimetype" in packed.namelist() else b""
    except UNREADABLE as problem:
        raise BadFile("file.broken", BROKEN) from problem
    need_modest(parts)
    names = {each.filename for each in parts}
    if any(ACTIVE_IN_OFFICE.search(name) for name in names):
        raise able_to_act()
    if start == KINDS["odt"].media_type.encode():
        return KINDS["odt"]
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return KINDS["docx"]
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return KINDS["xlsx"]
    raise unknown()


def need_modest(parts: list[zipfile.ZipInfo]) -> None:
    """An archive that unpacks to far more than it is, or is locked, is not looked into."""
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_INSIDE:
        raise bomb()
    if any(each.flag_bits & 1 for each in parts):
        raise locked()
    names = [each.filename for each in parts]
    if len(names) != len(set(names)) or any(
        PurePosixPath(each).is_absolute() or ".." in each.split("/") for each in names
    ):
        raise unknown()


def bomb() -> BadFile:
    return BadFile("file.bomb", _("This file unpacks to far more than a document holds. Make a PDF of it."))


def locked() -> BadFile:
    return BadFile("file.locked", _("This file is locked with a password. Save it without one."))


def is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(each) == "Cc" and each not in "\t\n\r\f" for each in text)


def clean_name(name: str, kind: Kind) -> str:
    """A name that is safe to show and to save: no folders, no control or direction characters, the true ending.

    >>> clean_name("C:\\\\docs\\\\..\\\\Отчёт 2025 (v2).pdf.exe", KINDS["pdf"])
    'Отчёт 2025 (v2).pdf'
    """
    base = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    stem = "".join(
        each if each.isalnum() or unicodedata.category(each)[0] == "M" or each in " ._-()" else "_" for each in base
    )
    while (ending := PurePosixPath(stem).suffix) and len(ending) <= 6 and not ending[1:].isdigit():
        stem = stem.removesuffix(ending)
    stem = " ".join(stem.split()).strip(" ._-")[: LONGEST_NAME - 6]
    return f"{stem or 'file'}.{kind.code}"
