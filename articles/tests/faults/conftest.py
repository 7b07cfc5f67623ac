"""Installations of their own, as the tests of imports have them."""

from __future__ import annotations

from articles.tests.ingest.conftest import empty_site, inside, new_site

__all__ = ["empty_site", "inside", "new_site"]
