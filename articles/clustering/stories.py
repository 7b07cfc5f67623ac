"""From pages, lists and constraints to stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .candidates import members, neighbours
from .components import Edges, components
from .constraints import Rules, enforce
from .edges import vectors, weighted
from .problem import ClusterPage, Constraint, RelatedList, Solution
from .term_table import current_table
from .terms import wording

THRESHOLD = 0.14
THRESHOLD_STEP = 0.02
LARGEST_STORY = 60


def solve(
    pages: Iterable[ClusterPage],
    lists: Iterable[RelatedList],
    constraints: Sequence[Constraint] = (),
) -> Solution:
    """Stories, and the constraints that contradict earlier ones."""
    known = {page.key: page for page in pages}
    lists = list(lists)
    beside = neighbours(known, lists)
    stories: list[tuple[str, ...]] = []
    together = [members(one, known) for one in lists]
    linked = [(found[0], key) for found in together for key in found]
    for component in components(known, linked):
        if len(component) == 1:
            stories.append(component)
            continue
        edges = _edges(component, beside, known)
        stories.extend(cut(component, edges, THRESHOLD))
    rules = Rules.read(constraints, known)
    return Solution(tuple(enforce(stories, rules)), rules.conflicts)


def _edges(
    component: Sequence[str],
    beside: Mapping[str, set[str]],
    pages: Mapping[str, ClusterPage],
) -> Edges:
    counted = {k: wording(pages[k].title, pages[k].excerpt).frequency for k in component}
    pairs = [(a, b) for a in component for b in sorted(beside.get(a, ())) if a < b]
    return weighted(pairs, vectors(counted, component, current_table()), pages)


def cut(keys: Sequence[str], edges: Edges, threshold: float) -> list[tuple[str, ...]]:
    """Components of the edges at a threshold that rises while one is too large."""
    held = {pair: weight for pair, weight in edges.items() if weight >= threshold}
    stories = []
    for story in components(keys, held):
        if len(story) <= LARGEST_STORY:
            stories.append(story)
            continue
        inside = set(story)
        own = {p: w for p, w in held.items() if p[0] in inside}
        stories.extend(cut(story, own, threshold + THRESHOLD_STEP))
    return stories
