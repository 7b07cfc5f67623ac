"""Answers for pages and feeds: frozen dataclasses, no query left open."""
