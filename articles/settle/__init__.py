"""Deriving what readers get from the drops and the decisions, step by step.

`steps` calls them in this order: `home`, `pages` (with `standing`, `words` and
`departed`), `visibility`, `stories`, `figures` (with `topics` and `providers`),
`names`, `index`. They tell each other by way of `work` what is left to be done.
`cuts` calls some of them for decisions about stories.
"""

from __future__ import annotations

from .cuts import settle_stories
from .steps import settle
from .work import Effects

__all__ = ["Effects", "settle", "settle_stories"]
