"""The one door for what editors decide, and what follows from it."""

from __future__ import annotations

from .acts import undo
from .decisions import (
    Actor,
    Author,
    NothingToDecide,
    decide,
    new_act,
    publish,
    withdraw,
)
from .edits import edit
from .schedule import apply_schedule, plans, publish_at
from .stories import (
    dismiss,
    lead,
    merge,
    move,
    note,
    pin,
    split,
    title,
    unpin,
)

__all__ = [
    "Actor",
    "Author",
    "NothingToDecide",
    "apply_schedule",
    "decide",
    "dismiss",
    "edit",
    "lead",
    "merge",
    "move",
    "new_act",
    "note",
    "pin",
    "plans",
    "publish",
    "publish_at",
    "split",
    "title",
    "undo",
    "unpin",
    "withdraw",
]
