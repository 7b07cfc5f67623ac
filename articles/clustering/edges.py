"""How alike two pages are: shared words, what they weigh, and the time between.

What a whole candidate component says tells nobody apart, so within it each word
weighs (1 - share of the component's pages that use it). In components of three
pages or fewer that share says nothing, and words keep their weight.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .problem import ClusterPage
from .term_table import TermTable

DECAY_HOURS = 4 * 24.0
FEWEST_TO_DISCOUNT = 4
Vector = Mapping[str, float]


def vectors(
    frequencies: Mapping[str, Vector], component: Sequence[str], table: TermTable
) -> dict[str, Vector]:
    """Unit vectors of a component's pages, from their term frequencies."""
    used = Counter(word for key in component for word in frequencies[key])
    size = len(component)
    discounted = size >= FEWEST_TO_DISCOUNT
    weights = {
        word: table.weight(word) * (1.0 - count / size if discounted else 1.0)
        for word, count in used.items()
    }
    return {
        key: _unit({w: tf * weights[w] for w, tf in frequencies[key].items()})
        for key in component
    }


def weighted(
    pairs: Iterable[tuple[str, str]],
    vector: Mapping[str, Vector],
    pages: Mapping[str, ClusterPage],
) -> dict[tuple[str, str], float]:
    """Pair -> cosine x exp(-days / 4)."""
    found = {}
    for a, b in pairs:
        hours = abs(pages[a].hours - pages[b].hours)
        found[a, b] = _dot(vector[a], vector[b]) * math.exp(-hours / DECAY_HOURS)
    return found


def _unit(vector: dict[str, float]) -> dict[str, float]:
    # Sorted, for a sum of floats depends on its order.
    length = math.sqrt(sum(vector[word] ** 2 for word in sorted(vector)))
    return {word: value / length for word, value in vector.items()} if length else {}


def _dot(a: Vector, b: Vector) -> float:
    return sum(a[word] * b[word] for word in sorted(a.keys() & b.keys()))
