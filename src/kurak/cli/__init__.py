"""The `kurak` command: one module a noun."""
