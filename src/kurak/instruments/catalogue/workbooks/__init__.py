"""A document as a workbook, and back: the same document in sheets that people can fill in."""
