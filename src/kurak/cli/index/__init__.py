"""`kurak index`: list, show, score and verify indexes, without the platform."""

from kurak.cli.index.command import main

__all__ = ["main"]
