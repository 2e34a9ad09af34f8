"""Editions: pictures frozen for citation, with their measures and their trail."""
