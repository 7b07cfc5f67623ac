"""What is said of pictures that readers do not get."""

from __future__ import annotations


class Refused(Exception):
    """The picture cannot be had, or is none that may be shown; says why."""
