"""PDF without what it says about its makers, as far as that can be done without writing the file anew: every change
keeps the length, so that each object stays where the file says it is. Source: ISO 32000-1, 7.3 to 7.5 and 14.3."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from kurak.ground.files.images import JPEG

ABOUT = re.compile(
    rb"/(?:Author|Creator|Producer|Company|Manager|Keywords|Category|CreationDate|ModDate|SourceModified|LastModified)"
    rb"\s*(?=[(<])"
)
PACKETS = ((b"<?xpacket begin", b"<?xpacket end"), (b"<x:xmpmeta", b"</x:xmpmeta>"))
STREAM = re.compile(rb"\bstream\r?\n")
LONGEST_HEAD = 2000  # bytes of what stands before a stream
NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
# Every program of a PDF is an action called JavaScript; words as long as these stand in no picture by chance.
ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)(?![A-Za-z])")
LARGEST = 40_000_000  # bytes of all packed objects together, unpacked


class TooMuch(ValueError):
    """Packed objects that unpack to far more than a document holds."""


def can_act(data: bytes) -> bool:
    """Whether it holds programs, other files, or actions that fetch and send, however they are spelt or packed."""
    return any(ACTIVE.search(spelt(part)) for part in (data, *(body for _at, _to, body in unpacked(data))))


def is_locked(data: bytes) -> bool:
    return re.search(rb"/Encrypt\b\s*(?:<<|\d+\s+\d+\s+R)", data) is not None


def spelt(data: bytes) -> bytes:
    """Names as they are meant: /J#61vaScript is /JavaScript."""
    return NAME.sub(lambda found: bytes([int(found.group(1), 16)]), data) if b"#" in data else data


def unpacked(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(from, to, body) of the packed streams that hold objects or metadata; pictures and pages are not looked into.
    Raises TooMuch."""
    left = LARGEST
    for found in STREAM.finditer(data):
        head = data[max(0, found.start() - LONGEST_HEAD) : found.start()].rpartition(b" obj")[2]
        if not re.search(rb"/(?:ObjStm|Metadata)\b", spelt(head)):
            continue
        end = data.find(b"endstream", found.end())
        if end < 0:
            return
        try:
            body = zlib.decompressobj().decompress(data[found.end() : end], left + 1)
        except zlib.error:
            continue
        left -= len(body)
        if left < 0:
            raise TooMuch
        yield found.end(), end, body


def cleaned(data: bytes) -> bytes:
    """Author, program, dates and keywords emptied, and what photographs inside say of place and camera."""
    clean = bytearray(blank(data))
    for start, end, body in unpacked(data):
        emptied = blank(body)
        packed = zlib.compress(emptied, 9) if emptied != body else b""
        if packed and len(packed) <= end - start:
            clean[start:end] = packed + b"\n" * (end - start - len(packed))
    quiet_photographs(clean)
    return bytes(clean)


def blank(data: bytes) -> bytes:
    """The same number of bytes, without the texts that follow the names of ABOUT, and without XMP."""
    made = bytearray(data)
    end = 0
    for found in ABOUT.finditer(data):
        if found.start() < end:
            continue  # within the text before
        start, end = text_at(data, found.end())
        if end < 0:
            break  # it never closes, nor does what comes after
        made[start:end] = (b"0" if data[start - 1 : start] == b"<" else b" ") * (end - start)
    for opening, closing in PACKETS:
        for start, end in between(data, opening, closing):
            made[start:end] = b" " * (end - start)
    return bytes(made)


def between(data: bytes, opening: bytes, closing: bytes) -> Iterator[tuple[int, int]]:
    """(from, to) of what stands after each opening tag and before its closing one."""
    end = 0
    while (start := data.find(opening, end)) >= 0:
        start = data.find(b">", start) + 1
        end = data.find(closing, start)
        if not start or end < 0:
            return
        yield start, end


def text_at(data: bytes, at: int) -> tuple[int, int]:
    """Where the text that opens at `at` begins and ends, without its brackets; nothing where it is no text, -1 where it
    never ends."""
    if data[at : at + 2] == b"<<":
        return at, at
    if data[at : at + 1] == b"<":
        end = data.find(b">", at)
        return at + 1, end
    depth, place = 0, at
    while place < len(data):
        letter = data[place]
        if letter == 0x5C:  # a backslash: the next one is only a letter
            place += 1
        elif letter == 0x28:
            depth += 1
        elif letter == 0x29:
            depth -= 1
            if not depth:
                return at + 1, place
        place += 1
    return at, -1


def quiet_photographs(data: bytearray) -> None:
    """Zeroes Exif, XMP, IPTC and comments of every JPEG inside, up to its first scan."""
    at = data.find(JPEG)
    while at >= 0:
        place = at + 2
        while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] not in {0xDA, 0xD9, 0xFF}:
            marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
            end = place + 2 + length
            if length < 2 or end > len(data):
                break
            if marker in {0xE1, 0xED, 0xFE}:
                data[place + 4 : end] = bytes(length - 2)
            place = end
        at = data.find(JPEG, max(place, at + 3))
