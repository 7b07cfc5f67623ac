"""Small phrases made of numbers, names and texts: the one place that makes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CONSONANT_Y = re.compile("[^aeiou]y$")


def plural(noun: str) -> str:
    """Several of a thing: "articles", "stories", "days"."""
    return f"{noun[:-1]}ies" if _CONSONANT_Y.search(noun) else f"{noun}s"


def noun_for(number: int | str, noun: str) -> str:
    """The noun as it stands behind a number: "day" behind 1, "days" behind 2.

    A number may be spelled already: "1", "1,000+".
    """
    return noun if str(number) == "1" else plural(noun)


def counted(number: int | str, noun: str) -> str:
    """A number with its noun: "1 article", "1,204 articles", "1,000+ stories"."""
    spelled = number if isinstance(number, str) else f"{number:,}"
    return f"{spelled} {noun_for(number, noun)}"


def ordinal(number: int) -> str:
    """A place in an order: "1st", "22nd", "113th"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{'th' if 10 < number % 100 < 14 else ending}"


def series(things: Iterable[str], last: str = "and") -> str:
    """Things in a row: "A", "A and B", "A, B and C"; "" for none."""
    every = list(things)
    return f" {last} ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def shortened(text: str, most: int, *, keep_blank: bool = False) -> str:
    """At most so many characters, with an ellipsis for what is cut off.

    A blank before the ellipsis goes, unless `keep_blank`. Mail counts columns
    instead of characters: that is `rules.text.columns`.
    """
    if len(text) <= most:
        return text
    begin = text[: most - 1]
    return f"{begin if keep_blank else begin.rstrip()}…"


def duration(minutes: float) -> str:
    """A span of time: "0 min", "35 min", "5 h", "3 days"."""
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    if whole < 48 * 60:
        return f"{round(whole / 60)} h"
    return f"{round(whole / 60 / 24):,} days"


def one_line(text: str) -> str:
    """Printable on one line, whatever a file is called or a library says."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else f"\\x{ord(character):02x}"
        for character in text
    )
