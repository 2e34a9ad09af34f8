"""Bringing data, computing, publishing."""
