"""Deriving what readers get from the drops and the decisions, step by step."""

from __future__ import annotations

from .steps import Effects, settle

__all__ = ["Effects", "settle"]
