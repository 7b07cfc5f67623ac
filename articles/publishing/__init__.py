"""The one door for what editors decide, and what follows from it."""

from __future__ import annotations

from .acts import undo
from .decisions import publish, withdraw
from .stories import (
    NothingToDecide,
    dismiss,
    lead,
    merge,
    move,
    pin,
    split,
    title,
    unpin,
)

__all__ = [
    "NothingToDecide",
    "dismiss",
    "lead",
    "merge",
    "move",
    "pin",
    "publish",
    "split",
    "title",
    "undo",
    "unpin",
    "withdraw",
]
