"""How dates and numbers are written in languages that Django does not know, or knows only in part.

Separators are CLDR's. Where Django has no month names, or puts a Russian word beside them, dates are written in
figures.
"""
