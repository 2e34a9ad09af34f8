"""Building instruments in the browser, or from a file: drafts until they are published."""
