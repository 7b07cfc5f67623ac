"""Feeds going out: every list as RSS and as Atom, with the filters of its page."""

from __future__ import annotations

from . import channels
from .feeds import ChannelOf, atom, rss

__all__ = ["ChannelOf", "atom", "channels", "rss"]
