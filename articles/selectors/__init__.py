"""Answers for pages, feeds and the API: frozen dataclasses, no query left open."""
