"""Spans of time in words."""

from __future__ import annotations


def spelled_duration(seconds: float) -> str:
    """A span as readers are told it: "0 min", "35 min", "5 h", "3 days"."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{round(minutes / 60)} h"
    return f"{round(minutes / 60 / 24):,} days"
