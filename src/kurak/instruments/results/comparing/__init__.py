"""Results side by side: countries over time, indexes of one country, what an organisation has been given."""
