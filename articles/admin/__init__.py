"""The editors' desk."""

from __future__ import annotations

from . import article, records

__all__ = ["article", "records"]
