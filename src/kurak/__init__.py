"""Kurak: many voices, sewn into one picture, nothing thrown away."""

__version__ = "0.1.0"
