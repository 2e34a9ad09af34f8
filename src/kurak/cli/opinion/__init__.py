"""kurak opinion: the picture of a conversation from its votes, without the platform."""

from kurak.cli.opinion.command import main

__all__ = ["main"]
