"""Before a file is read: is it there, is it text, what are its columns; and its fingerprint on the way."""

from __future__ import annotations

import codecs
import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from kurak.cli.problems import Problem

BLOCK = 1 << 20
SAVE_AS = 'save it as UTF-8 ("CSV UTF-8" in a spreadsheet) and try again'


@dataclass(frozen=True, slots=True)
class Source:
    """A file that has been screened: UTF-8 without NUL bytes, with these columns."""

    path: Path
    sha256: str
    size: int
    header: tuple[str, ...]


def screened(path: Path) -> Source:
    """Read a file once as bytes: what cannot be a table is refused here, by name."""
    digest, size = _screened_bytes(path)
    if not size:
        raise Problem("opinion.empty-file", f"{path} is empty", "give a file with a header and at least one row")
    header = _header(path)
    return Source(path, digest, size, header)


def _screened_bytes(path: Path) -> tuple[str, int]:
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size, line = 0, 1
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                if not size:
                    _refuse_utf16(path, block)
                _refuse_nul(path, block, line)
                _refuse_other_encodings(path, decoder, block, line)
                digest.update(block)
                size, line = size + len(block), line + block.count(b"\n")
        _refuse_other_encodings(path, decoder, b"", line, final=True)
    except OSError as error:
        raise _unreadable(path, error) from error
    return digest.hexdigest(), size


def _unreadable(path: Path, error: OSError) -> Problem:
    if isinstance(error, IsADirectoryError):
        return Problem("opinion.directory", f"{path} is a directory", "name the votes file inside it")
    if isinstance(error, FileNotFoundError):
        return Problem("opinion.no-file", f"there is no file {path}", "check the name and the folder you are in")
    return Problem("opinion.unreadable", f"{path} cannot be read: {error.strerror}", "check who may read it")


def _refuse_utf16(path: Path, block: bytes) -> None:
    if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Problem("opinion.encoding", f"{path}, line 1: this is UTF-16, not UTF-8", SAVE_AS)


def _refuse_nul(path: Path, block: bytes, line: int) -> None:
    at = block.find(b"\0")
    if at >= 0:
        where = line + block.count(b"\n", 0, at)
        raise Problem("opinion.nul-byte", f"{path}, line {where}: a NUL byte: no text file has one", SAVE_AS)


def _refuse_other_encodings(
    path: Path, decoder: codecs.IncrementalDecoder, block: bytes, line: int, *, final: bool = False
) -> None:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError as error:
        where = line + error.object.count(b"\n", 0, error.start)
        said = f"{path}, line {where}: byte 0x{error.object[error.start]:02x} is not UTF-8 (is it windows-1251?)"
        raise Problem("opinion.encoding", said, SAVE_AS) from error


def _header(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        header = tuple(next(csv.reader(text), ()))
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        said = f"{path}, line 1: the column {twice[0]!r} is there {header.count(twice[0])} times"
        raise Problem("opinion.column-twice", said, "keep one of them and remove or rename the others")
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        said = f"{path}, line 1: the columns are not separated by commas"
        raise Problem("opinion.separator", said, "save the table with commas between the columns")
    return header


def demanded(source: Source, *columns: str) -> None:
    """Refuse a table that lacks one of these columns."""
    missing = [name for name in columns if name not in source.header]
    if missing:
        found = ", ".join(source.header[:12]) or "none"
        said = f"{source.path}, line 1: no column {missing[0]!r}; the columns are: {found}"
        raise Problem("opinion.missing-column", said, f"a table with the columns {', '.join(columns)} is needed")
