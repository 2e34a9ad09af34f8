"""Commitments seen from a country, from a theme, and across the region."""
