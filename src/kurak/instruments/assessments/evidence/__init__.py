"""Documents and links that an answer stands on: looked into, cleaned of what they tell, kept, handed out."""
