"""How results move over time."""
