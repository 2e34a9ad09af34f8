"""Rising: the least change of criteria that moves a unit into the next class, and what holds it back."""

from kurak.engines.composite.rising.holding import Block
from kurak.engines.composite.rising.rise import Move, Path, rise

__all__ = ["Block", "Move", "Path", "rise"]
