"""Feeds going out."""

from __future__ import annotations

from .stories import AtomFeed, RssFeed

__all__ = ["AtomFeed", "RssFeed"]
