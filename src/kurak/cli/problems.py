"""Problems a person can solve: a stable code, the place, and what to do. No traceback."""

from __future__ import annotations

from collections.abc import Sequence

WRONG_USE = 2  # what argparse itself returns


class Problem(Exception):
    """code: stable, for scripts    said: what is wrong and where    remedy: what to do    more: lines that show it"""

    def __init__(self, code: str, said: str, remedy: str, more: Sequence[str] = ()) -> None:
        super().__init__(said)
        self.code, self.said, self.remedy, self.more = code, said, remedy, tuple(more)

    def __str__(self) -> str:
        return "\n".join([f"kurak: {self.code}: {self.said}", *self.more, f"  What to do: {self.remedy}"])
