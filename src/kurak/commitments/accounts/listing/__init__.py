"""Where accounts differ: the list of gaps as a page and as files, and the feed of what is new."""
