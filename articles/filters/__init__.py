"""Filters shared by lists, search and feeds."""

from __future__ import annotations

from .news import NewsFilter
from .wording import Condition, Problem, query

__all__ = ["Condition", "NewsFilter", "Problem", "query"]
