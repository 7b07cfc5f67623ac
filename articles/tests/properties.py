"""How many examples a property is tried on: few by day, many at night."""

from __future__ import annotations

from hypothesis import settings

FEW = 40
MANY = 1000
settings.register_profile("suite", max_examples=FEW)
settings.register_profile("nightly", max_examples=MANY)


def examples(few: int) -> int:
    """So many examples in the suite, and as many times more of them at night."""
    return few * settings().max_examples // FEW
