"""Answering without the internet: a workbook out and in, a form for ODK or Kobo out and its answers in."""
