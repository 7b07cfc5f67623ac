"""How rare a word is: a committed table of document counts.

The table (`data/terms-v3.txt`) has a first line `version documents` and then lines
`count word word ...`, most frequent first: the words that so many documents use.
`tools/make_terms.py` makes it, of general English, of the corpus and of the stop words
of other languages: a table of one field alone finds the everyday words of another
field rare. A word that it lacks weighs as the rarest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

CURRENT = "terms-v3.txt"


@dataclass(frozen=True, slots=True, eq=False)
class TermTable:
    """Document counts and the weights that follow from them."""

    version: int
    documents: int
    idf: Mapping[str, float]  # ln((1 + documents) / (1 + count)) + 1
    idf_unknown: float  # the same with count 0

    def weight(self, word: str) -> float:
        """Inverse document frequency of a stemmed word."""
        return self.idf.get(word, self.idf_unknown)


def parse_table(text: str) -> TermTable:
    """Read the text of a table."""
    lines = text.splitlines()
    version, documents = (int(number) for number in lines[0].split())
    idf: dict[str, float] = {}
    for line in lines[1:]:
        count, *found = line.split()
        weight = math.log((1 + documents) / (1 + int(count))) + 1.0
        idf.update(dict.fromkeys(found, weight))
    return TermTable(version, documents, idf, math.log(1 + documents) + 1.0)


def format_table(counts: Mapping[str, int], *, version: int, documents: int) -> str:
    """Write a table's text: the inverse of `parse_table` for known words."""
    by_count: dict[int, list[str]] = {}
    for word, count in counts.items():
        by_count.setdefault(count, []).append(word)
    lines = [f"{version} {documents}"]
    for count in sorted(by_count, reverse=True):
        lines.append(f"{count} {' '.join(sorted(by_count[count]))}")
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=1)
def current_table() -> TermTable:
    """The table this version of the program weighs words with."""
    data = resources.files(__package__).joinpath("data", CURRENT)
    return parse_table(data.read_text(encoding="utf-8"))
