"""What drives the order of a run, whether its parts go together, and what each part is worth."""
