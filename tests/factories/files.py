"""Files as people send them, made byte by byte: with everything in them that tells about somebody."""

import io
import struct
import zipfile
import zlib

SECRETS = (b"GPS 42.87 74.59", b"Camera 1234", b"Aigul wrote this", b"behind the end")


def a_segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def an_exif(orientation: int = 6) -> bytes:
    entries = struct.pack(">HHII", 0x0110, 2, 11, 38) + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\x00\x00MM\x00\x2a" + struct.pack(">IH", 8, 2) + entries + b"\0\0\0\0" + SECRETS[0] + SECRETS[1]


SCAN = b"\x12\xff\x00\x34\xff\xd0\x56"  # a stuffed byte and a restart marker within


def a_jpeg(*, width: int = 8, height: int = 8, orientation: int = 6) -> bytes:
    """The segments of a baseline JPEG, with Exif, a comment, a profile, a thumbnail and words behind its end."""
    frame = struct.pack(">BHHB3B", 8, height, width, 1, 1, 0x11, 0)
    return b"".join([
        b"\xff\xd8", a_segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01" + b"abc"),
        a_segment(0xE1, an_exif(orientation)), a_segment(0xE2, b"ICC_PROFILE\x00" + SECRETS[1]),
        a_segment(0xFE, SECRETS[2]), a_segment(0xDB, bytes(65)), a_segment(0xC0, frame), a_segment(0xC4, bytes(20)),
        a_segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + SCAN, b"\xff\xd9", SECRETS[3],
    ])  # fmt: skip


def a_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def a_png(*, width: int = 2, height: int = 2) -> bytes:
    rows = zlib.compress(b"".join(b"\0" + bytes(3 * min(width, 64)) for _row in range(min(height, 64))))
    return b"\x89PNG\r\n\x1a\n" + b"".join([
        a_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        a_chunk(b"tEXt", b"Author\0" + SECRETS[2]), a_chunk(b"eXIf", SECRETS[0]), a_chunk(b"tIME", bytes(7)),
        a_chunk(b"IDAT", rows), a_chunk(b"IEND", b""), SECRETS[3],
    ])  # fmt: skip


def an_archive(**parts: bytes) -> bytes:
    return an_archive_of({name.replace("__", "/"): body for name, body in parts.items()})


def an_archive_of(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return made.getvalue()


DOCX = {
    "[Content_Types].xml": b"<Types/>",
    "docProps/core.xml": b"<cp:coreProperties><dc:creator>Aigul wrote this</dc:creator></cp:coreProperties>",
    "word/document.xml": b"<w:document>Report</w:document>",
    "word/media/image1.jpeg": a_jpeg(),
}
ODT = {
    "mimetype": b"application/vnd.oasis.opendocument.text",
    "meta.xml": b"<office:document-meta>Aigul wrote this</office:document-meta>",
    "content.xml": b"<office:document-content/>",
}
XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
