"""Conversations as files: in and out without loss. README.md describes the files."""
