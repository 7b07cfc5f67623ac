"""Filters shared by lists, search, feeds and the API."""

from __future__ import annotations

from .conditions import Condition, Problem, query
from .news import NewsFilter

__all__ = ["Condition", "NewsFilter", "Problem", "query"]
