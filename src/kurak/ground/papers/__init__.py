"""One description of a paper, written as PDF, DOCX and HTML: the same words, notes and tables in all three."""
