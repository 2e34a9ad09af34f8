"""Images without what they tell about their maker. The picture itself stays as it is, bit for bit; everything beside it
goes: place, time, camera, names, comments, thumbnails, colour profiles, and whatever follows the end. Of all that only
the orientation of a JPEG is written anew, or photographs would lie on their side.

Formats: ITU-T T.81 (JPEG) annex B; JEITA CP-3451 (Exif) 4.6.4 for the orientation; PNG specification, third edition."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kurak.ground.errors import Refused

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 50_000_000
# Of PNG: what is needed to draw the picture. Text, time, Exif, profiles and animations are not.
DRAWING = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # start of frame: size of the picture
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
DHT, SOS, EOI, DQT, DNL, DRI, EXP, COM = 0xC4, 0xDA, 0xD9, 0xDB, 0xDC, 0xDD, 0xDF, 0xFE
APP0, APP1, APP14 = 0xE0, 0xE1, 0xEE
KEPT = FRAMES | {DHT, 0xCC, SOS, DQT, DNL, DRI, EXP}
UPRIGHT = 1


def broken() -> Refused:
    return Refused("file.broken", _("This picture is cut off or broken. Save it again, then send it."))


def need_whole(data: bytes) -> None:
    """Refuses what is not a picture from beginning to end, or has more pixels than a page can bear."""
    width, height = size_of(data)
    drawn = {kind for kind, *_rest in (chunks(data) if data.startswith(PNG) else segments(data))}  # to its very end
    if not width or not height or not drawn & {SOS, b"IDAT"}:
        raise broken()
    if width * height > MOST_PIXELS:
        sentence = _("This picture has more than %(most)d million pixels. Make it smaller.")
        raise Refused("file.pixels", sentence % {"most": MOST_PIXELS // 1_000_000})


def size_of(data: bytes) -> tuple[int, int]:
    if data.startswith(PNG):
        kind, body, _whole = next(chunks(data))
        if kind != b"IHDR" or len(body) != 13:
            raise broken()
        width, height = struct.unpack(">II", body[:8])
        return width, height
    for marker, body, _scan in segments(data):
        if marker in FRAMES and len(body) >= 5:
            height, width = struct.unpack(">HH", body[1:5])
            return width, height
    raise broken()


def cleaned(data: bytes) -> bytes:
    """The picture and nothing else."""
    return _clean_png(data) if data.startswith(PNG) else _clean_jpeg(data)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(kind, body, all of it) of a PNG, up to its end; what follows is not read."""
    at = len(PNG)
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        whole = data[at : at + 12 + length]
        body = whole[8:-4]
        if len(whole) != 12 + length or zlib.crc32(kind + body) != struct.unpack(">I", whole[-4:])[0]:
            raise broken()
        yield kind, body, whole
        if kind == b"IEND":
            return
        at += 12 + length
    raise broken()


def _clean_png(data: bytes) -> bytes:
    return PNG + b"".join(whole for kind, _body, whole in chunks(data) if kind in DRAWING)


def segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(marker, body, what follows of the scan) of a JPEG, up to its end; what follows is not read."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise broken()
        marker = data[at + 1]
        at += 2
        if marker == EOI:
            return
        if marker in ALONE:
            continue
        if at + 2 > len(data):
            raise broken()
        length = struct.unpack(">H", data[at : at + 2])[0]
        body = data[at + 2 : at + length]
        if length < 2 or len(body) != length - 2:
            raise broken()
        at += length
        end = end_of_scan(data, at) if marker == SOS else at
        yield marker, body, data[at:end]
        at = end


def end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker begins that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise broken()
        if data[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _clean_jpeg(data: bytes) -> bytes:
    parts, orientation = [], UPRIGHT
    for marker, body, scan in segments(data):
        if marker == APP1 and body.startswith(b"Exif\x00\x00"):
            orientation = orientation_of(body[6:])
        elif marker == APP0 and body.startswith(b"JFIF\x00") and len(body) >= 14:
            parts.append(segment(APP0, body[:12] + b"\x00\x00"))  # without its thumbnail
        elif marker in KEPT or (marker == APP14 and body.startswith(b"Adobe")):
            parts.append(segment(marker, body) + scan)
    turned = [] if orientation == UPRIGHT else [segment(APP1, b"Exif\x00\x00" + exif(orientation))]
    first = 1 if parts and parts[0][1] == APP0 else 0
    return b"".join([JPEG[:2], *parts[:first], *turned, *parts[first:], bytes([0xFF, EOI])])


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def orientation_of(tiff: bytes) -> int:
    """1 to 8, as the camera noted it; 1 where it is not there or not readable."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        start = struct.unpack(order + "I", tiff[4:8])[0]
        many = struct.unpack(order + "H", tiff[start : start + 2])[0]
        for number in range(many):
            entry = tiff[start + 2 + 12 * number : start + 14 + 12 * number]
            tag, value = struct.unpack(order + "H6xH2x", entry)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else UPRIGHT
    except (KeyError, struct.error):
        pass
    return UPRIGHT


def exif(orientation: int) -> bytes:
    """The smallest Exif block: an orientation and nothing else."""
    return b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
