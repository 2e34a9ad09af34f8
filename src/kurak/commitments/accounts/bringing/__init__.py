"""Many accounts at once, from a table: what a state claims in its report, line by line."""
