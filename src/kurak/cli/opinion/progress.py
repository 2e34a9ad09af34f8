"""Progress of long work, on a terminal only: output that goes to a file or a pipe stays clean."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


class Progress:
    """Steps with a bar on standard error, or silence."""

    def __init__(self, steps: int) -> None:
        self.shown = sys.stderr.isatty()
        self._bar = tqdm(total=steps, disable=not self.shown, leave=False, bar_format="{desc:<36}{bar}{elapsed}")

    @contextmanager
    def step(self, said: str) -> Iterator[None]:
        self._bar.set_description_str(said)
        yield
        self._bar.update()

    def through[T](self, rows: Iterable[T], said: str) -> Iterator[T]:
        return iter(tqdm(rows, desc=said, unit=" rows", disable=not self.shown, leave=False, mininterval=0.5))

    def close(self) -> None:
        self._bar.close()
