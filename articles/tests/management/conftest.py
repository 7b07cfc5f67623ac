"""Installations of their own, as the tests of whole imports have them."""

from __future__ import annotations

from articles.tests.ingest.conftest import empty_site, new_site

__all__ = ["empty_site", "new_site"]
