"""How real drops are made: figures measured on 3,344 of them, and none of their words.

A table of parts holds the values that 0, 5, 10, 20 ... of a hundred drops do not
exceed; between two parts values are taken to lie evenly.
"""

from __future__ import annotations

from random import Random

Parts = tuple[tuple[float, float], ...]

_AT = (0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100)


def _parts(*values: float) -> Parts:
    return tuple(zip(_AT, values, strict=True))


# Pages that the list of a drop names; each of them is named by 39 lists on average.
LIST = _parts(0, 0, 0, 1, 2, 5, 13, 22, 37, 59, 127, 179, 179)
LONGEST_LIST = 179
TITLE = _parts(25, 42, 48, 55, 60, 65, 69, 74, 80, 88, 100, 113, 171)  # characters
EXCERPT = _parts(0, 61, 92, 123, 142, 161, 189, 200, 222, 254, 300, 307, 435)
QUALITY = _parts(0, 7, 17, 22, 35, 37, 52, 62, 69, 82, 91, 98, 136)
DROPS_A_DAY = _parts(1, 1, 1, 2, 2, 3, 5, 6, 8, 11, 16, 20, 73)  # of 474 days

# Drops by the hour of UTC, from midnight on.
HOURS = (104, 41, 26, 22, 41, 44, 65, 50, 157, 154, 140, 107)
HOURS += (145, 180, 161, 229, 640, 308, 168, 117, 130, 120, 105, 90)

# Stories of so many pages.
STORIES = {1: 2248, 2: 295, 3: 77, 4: 17, 5: 13, 6: 5, 7: 4, 8: 2, 9: 1}
STORIES |= {10: 1, 12: 1, 14: 2}

# Drops of the publishers, from the largest on; beyond, each has few.
PUBLISHERS = (1509, 77, 75, 66, 60, 55, 53, 34, 34, 34, 33, 31, 30, 29, 26, 26, 25, 25)
PUBLISHERS += (24, 22, 21, 20, 19, 18, 18, 17, 17, 16, 16, 14, 14, 14, 14, 13)
PUBLISHERS += (12,) * 4 + (11,) * 4 + (10,) * 6 + (9,) * 7 + (8,) * 5 + (7,) * 8
PUBLISHERS += (6,) * 10 + (5,) * 10 + (4,) * 15 + (3,) * 37 + (2,) * 52 + (1,) * 149

# Drops of each topic; one topic is on all of them.
TOPICS = (3344, 172, 116, 107, 104, 80, 78, 63, 60, 59, 59, 58, 57, 43, 42, 37, 30, 19)
TOPICS += (18, 4)
TOPICS_EACH = {1: 2371, 2: 804, 3: 132, 4: 26, 5: 4, 6: 2}  # drops with so many

WITH_PICTURE = 0.53
WITH_AMP = 0.20
WITH_ORIGINAL = 0.64
PUBLISHED = 0.128
LEADS = 0.27  # heat is not -1

DIFFERENT_WORDS = (
    13_767  # among 129,633: the word of rank r is said 0.11 / r times each
)


def drawn(random: Random, parts: Parts) -> float:
    """A value as drops have it."""
    at = random.uniform(0, 100)
    for (low, begin), (high, end) in zip(parts, parts[1:], strict=False):
        if at <= high:
            return begin + (end - begin) * (at - low) / (high - low)
    return parts[-1][1]


def weighted(random: Random, counts: dict[int, int]) -> int:
    """One of some numbers, by how often each is there."""
    return random.choices(list(counts), list(counts.values()))[0]
