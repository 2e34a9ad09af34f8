"""`kurak progress`: series and targets from a table judged by five methods, without the platform."""

from kurak.cli.progress.command import main

__all__ = ["main"]
