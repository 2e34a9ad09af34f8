"""The desk of budgets: bringing files in, publishing, looking at residents' photographs."""
