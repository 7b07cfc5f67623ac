"""The one door for what editors decide, and what follows from it."""

from __future__ import annotations

from .decisions import publish, withdraw
from .settle import settle
from .stories import lead, merge, move, pin, split, title, undo, unpin

__all__ = [
    "lead",
    "merge",
    "move",
    "pin",
    "publish",
    "settle",
    "split",
    "title",
    "undo",
    "unpin",
    "withdraw",
]
