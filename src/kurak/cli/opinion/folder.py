"""A folder that is there as a whole or not at all: written beside its place, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kurak.cli.problems import Problem

MARK = "summary.json"  # a folder with it is one of ours


def checked(folder: Path, *, replace: bool, mark: str = MARK, holds: str = "a picture") -> None:
    """Refuse early, before anything is computed. mark: the file by which an earlier outcome is known."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Problem("opinion.out", f"{folder} is there and is no folder", "choose another --out")
    if folder.exists() and any(folder.iterdir()):
        if not replace:
            raise Problem("opinion.out", f"{folder} is there already", "choose another --out, or add --replace")
        if not (folder / mark).exists():
            raise Problem("opinion.out", f"{folder} holds something else than {holds}", "choose another --out")
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise Problem("opinion.out", f"{folder} cannot be written: {above} is not open to you", "choose another --out")


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A new folder to write into; it takes its place when all went well, and is gone when anything went wrong."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise Problem("opinion.out", f"{folder} cannot be written: {error.strerror}", "choose another --out") from error
    try:
        yield beside
        beside.chmod(0o755)
        _take_place(beside, folder)
    except OSError as error:
        raise Problem("opinion.out", f"{folder} cannot be written: {error.strerror}", "choose another --out") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _take_place(beside: Path, folder: Path) -> None:
    if not folder.exists():
        beside.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    folder.rename(old / "old")
    try:
        beside.rename(folder)
    except OSError:
        (old / "old").rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
