"""The classifications of budgets, as data files."""
