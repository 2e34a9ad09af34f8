"""Shadow reports: what civil society sends to a treaty body, assembled from approved accounts, frozen, signed."""
