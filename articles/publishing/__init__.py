"""The one door for what editors decide, and what follows from it."""

from __future__ import annotations

from .decisions import publish, withdraw
from .settle import settle

__all__ = ["publish", "settle", "withdraw"]
