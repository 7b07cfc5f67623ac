"""Bounds on what a drop may hold, each some ten times what real drops need.

Checked before anything is built from the text, so that a small hostile file cannot
take much time or memory. Lengths are characters, unless said otherwise.
"""

from __future__ import annotations

MAX_BYTES = 2 * 1024 * 1024  # of a file; the largest real one has 143 KB
MAX_DEPTH = 16  # collections within one another; real drops have 5
MAX_NODES = 100_000  # values, an alias counting as all it stands for
MAX_KEYS = 200  # of one map

MAX_RELATED = 2_000
MAX_TOPICS = 50
MAX_IMAGES = 50

MAX_TITLE = 1_000
MAX_EXCERPT = 20_000
MAX_NAME = 200  # of a provider
MAX_TOPIC = 100
MAX_WORD = 40  # category, type
MAX_MARKUP = 65_536  # featuredContent
MAX_PIXELS = 100_000

INTEGERS = range(-(2**63), 2**63)
# Beyond these years time zones, feeds and archives stop working one by one.
YEARS = range(1900, 2200)

MAX_PROBLEMS = 20  # reported of one drop
