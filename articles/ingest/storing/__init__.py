"""Storing drops: bytes, rows, and the marks of what has to be derived again."""
