"""Review: who is invited, what they declare, and the draft that goes to the organisation for its reply."""
