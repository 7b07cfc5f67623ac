"""What an editor may want to look at: stories that hang loosely, pairs that nearly met.

A suggestion names the two parts it is about; its `name` is made of their founders, so
that one dismissed is recognised when it comes up again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .comparisons import Comparisons
from .library import Library
from .likeness import WHOLE
from .linkage import Pair, pair
from .problem import ClusterPage

# A bridge between two parts is weak below this mean likelihood.
WEAK_BRIDGE = 0.5
SILENCE_HOURS = 72.0
# Stories whose mean likelihood comes this near to `stories.THRESHOLD` nearly met.
NEARLY = 0.25

Reason = Literal["weak bridge", "long silence", "near"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two parts of one story to split, or two stories to merge."""

    kind: Literal["split", "merge"]
    reason: Reason
    one: tuple[str, ...]  # the part of the earlier founder, sorted
    other: tuple[str, ...]
    likelihood: float  # mean over all pairs between the parts, 0 to 1
    silence_hours: float  # between the parts; 0 where they overlap
    name: tuple[str, str, str]  # kind and the founders' keys: for dismissals


def suggestions(
    stories: Iterable[Collection[str]], library: Library
) -> list[Suggestion]:
    """What these stories suggest, splits first; each page is read and weighed once."""
    held = [story for story in stories if story]
    comparisons = Comparisons(library)
    comparisons.fetch_compared(key for story in held for key in story)
    found = [one for story in held for one in _splits(story, comparisons)]
    return found + _merges(held, comparisons)


def suggest_splits(story: Collection[str], library: Library) -> list[Suggestion]:
    """At most two: at the weakest bridge, and at the longest silence."""
    return _splits(story, Comparisons(library))


def suggest_merges(
    stories: Iterable[Collection[str]], library: Library
) -> list[Suggestion]:
    """Pairs of these stories that nearly met, likeliest first."""
    return _merges(stories, Comparisons(library))


def _splits(story: Collection[str], comparisons: Comparisons) -> list[Suggestion]:
    comparisons.fetch(sorted(story))
    pages = _pages(comparisons, sorted(story))
    if len(pages) < 2:
        return []
    weights = _weights(comparisons, [page.key for page in pages])
    silent = _suggestion("split", "long silence", _at_silence(pages), weights)
    bridge = _suggestion("split", "weak bridge", _at_bridge(pages, weights), weights)
    found = [silent] if silent.silence_hours >= SILENCE_HOURS else []
    # Where both are at one place, the silence says more.
    if bridge.likelihood < WEAK_BRIDGE and bridge.name not in {s.name for s in found}:
        found.append(bridge)
    return found


def _merges(
    stories: Iterable[Collection[str]], comparisons: Comparisons
) -> list[Suggestion]:
    place = {}
    members: list[list[str]] = []
    for story in stories:
        members.append(sorted(story))
        place.update(dict.fromkeys(story, len(members) - 1))
    comparisons.fetch(sorted(place))
    weights = _weights(comparisons, sorted(place))
    between = {(place[a], place[b]) for a, b in weights if place[a] != place[b]}
    found = []
    for a, b in sorted({(min(ends), max(ends)) for ends in between}):
        parts = _pages(comparisons, members[a]), _pages(comparisons, members[b])
        made = _suggestion("merge", "near", parts, weights)
        if made.likelihood >= NEARLY:
            found.append(made)
    return sorted(found, key=lambda one: (-one.likelihood, one.name))


def _pages(comparisons: Comparisons, keys: Iterable[str]) -> list[ClusterPage]:
    return [page for key in keys if (page := comparisons.page(key)) is not None]


def _weights(comparisons: Comparisons, keys: Sequence[str]) -> dict[Pair, int]:
    inside = set(keys)
    known = comparisons.known(keys)
    # All that they are compared with at once, instead of one by one.
    comparisons.fetch(
        {other for key in known for other, _ in comparisons.candidates(key)}
    )
    return {
        (key, other): weight
        for key in known
        for other, weight in comparisons.compared_with(key)
        if key < other and other in inside
    }


Parts = tuple[Sequence[ClusterPage], Sequence[ClusterPage]]


def _suggestion(
    kind: Literal["split", "merge"],
    reason: Reason,
    parts: Parts,
    weights: dict[Pair, int],
) -> Suggestion:
    one, other = sorted(parts, key=lambda part: min(map(_age, part)))
    total = sum(weights.get(pair(a.key, b.key), 0) for a in one for b in other)
    founders = (min(one, key=_age).key, min(other, key=_age).key)
    return Suggestion(
        kind=kind,
        reason=reason,
        one=tuple(sorted(page.key for page in one)),
        other=tuple(sorted(page.key for page in other)),
        likelihood=total / (WHOLE * len(one) * len(other)),
        silence_hours=max(0.0, _first(other) - _last(one), _first(one) - _last(other)),
        name=(kind, *founders),
    )


def _at_silence(pages: Sequence[ClusterPage]) -> Parts:
    ordered = sorted(pages, key=_age)
    gaps = [
        (later.hours - earlier.hours, -place)
        for place, (earlier, later) in enumerate(
            zip(ordered, ordered[1:], strict=False)
        )
    ]
    cut = 1 - max(gaps)[1]
    return ordered[:cut], ordered[cut:]


def _at_bridge(pages: Sequence[ClusterPage], weights: dict[Pair, int]) -> Parts:
    """The two groups that average linkage would have joined last."""
    groups = {page.key: [page] for page in pages}
    while len(groups) > 2:
        # The greatest mean; of equals the smallest keys.
        _, (low, high) = min((-mean, ends) for ends, mean in _means(groups, weights))
        groups[low] += groups.pop(high)
    one, other = groups.values()
    return one, other


def _means(
    groups: dict[str, list[ClusterPage]], weights: dict[Pair, int]
) -> Iterator[tuple[Pair, float]]:
    place = {page.key: name for name, group in groups.items() for page in group}
    sums: defaultdict[Pair, int] = defaultdict(int)
    for (a, b), weight in weights.items():
        if place[a] != place[b]:
            sums[pair(place[a], place[b])] += weight
    names = sorted(groups)
    # Two groups with no pair between them may still be the last ones left.
    sums[names[0], names[1]] += 0
    for (a, b), total in sums.items():
        yield (a, b), total / (len(groups[a]) * len(groups[b]))


def _age(page: ClusterPage) -> tuple[float, str]:
    return page.hours, page.key


def _first(pages: Iterable[ClusterPage]) -> float:
    return min(page.hours for page in pages)


def _last(pages: Iterable[ClusterPage]) -> float:
    return max(page.hours for page in pages)
