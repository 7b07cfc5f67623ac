"""Deriving what readers get from the drops and the decisions, step by step.

`steps` calls them in this order: `home`, `pages` (with `standing`, `words` and
`departed`), `visibility`, `stories`, `figures` (with `topics` and `providers`),
`names`, `index`. They tell each other by way of `work` what is left to be done.
"""

from __future__ import annotations

from .steps import mark_all, settle, settle_pages
from .suggestions import judge_of
from .work import Effects

__all__ = ["Effects", "judge_of", "mark_all", "settle", "settle_pages"]
