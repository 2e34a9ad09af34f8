"""The desk of accounts: what waits for a second person, and bringing many accounts in at once."""
