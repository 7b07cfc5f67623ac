"""From pages, lists and constraints to stories, all at once or only what changed.

A story's make-up depends on its component of strong edges (pairs at the threshold)
and of constraints, and on nothing else. So after a change only the components that
its neighbourhood reaches are worked out again, and the result is that of a full run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from .comparisons import Comparisons
from .constraints import Rules, enforce
from .library import Library
from .linkage import Pair, link
from .problem import Constraint, Solution

# Mean likelihood at which groups join, in millionths.
THRESHOLD = 350_000


def solve(library: Library, keys: Iterable[str]) -> Solution:
    """Stories of these pages, which are all that the library knows.

    With them come the constraints that contradict earlier ones.
    """
    known = sorted(keys)
    bench = Comparisons(library)
    bench.fetch_compared(known)
    return _cut(bench, known, library.constraints(known))


def neighbourhood(changed: Collection[str], library: Library) -> set[str]:
    """Pages whose comparisons may differ because these pages or their lists changed.

    To be asked both of the library as it was and as it is; name as changed each
    page that is new, gone or different, and all pages of each list that is.
    """
    bench = Comparisons(library)
    bench.fetch(changed)
    known = [key for key in changed if bench.page(key) is not None]
    beside = (bench.listed_with(key) for key in known)
    changing = frozenset(changed)
    posted = (bench.posted_with(key, changing) for key in known)
    # Who is bound to a page that goes is free again.
    rules = library.constraints(changed)
    bound = {end for rule in rules for end in (rule.a, rule.b)}
    return set(changed).union(bound, *beside, *posted)


def update(touched: Iterable[str], library: Library) -> Solution:
    """The stories that hold touched pages or may differ because of them.

    `touched` is what `neighbourhood` gave before and after the change. Each story
    returned takes the place of whatever stories its pages were in.
    """
    bench = Comparisons(library)
    start = set(touched)
    bench.fetch_compared(start)
    start = {key for key in start if bench.page(key) is not None}
    # A pair is compared from both ends: its other page may lose or gain a tie.
    beside = (bench.listed_with(key) | bench.told_with(key) for key in start)
    waiting = start.union(*beside)
    reached: set[str] = set()
    rules: set[Constraint] = set()
    while waiting:
        bench.fetch_compared(waiting)
        waiting = {key for key in waiting if bench.page(key) is not None}
        reached |= waiting
        rules.update(library.constraints(waiting))
        found = {end for one in rules for end in (one.a, one.b)}
        for key in waiting:
            for other, weight in bench.compared_with(key):
                if weight >= THRESHOLD:
                    found.add(other)
        waiting = found - reached
        waiting = {key for key in waiting if bench.page(key) is not None}
    return _cut(bench, sorted(reached), list(rules))


def _cut(
    bench: Comparisons, keys: Sequence[str], constraints: Iterable[Constraint]
) -> Solution:
    inside = set(keys)
    edges: dict[Pair, int] = {}
    for key in keys:
        for other, weight in bench.compared_with(key):
            if key < other and other in inside:
                edges[key, other] = weight
    rules = Rules.read(constraints, inside)
    stories = link(keys, edges, THRESHOLD, rules.apart())
    return Solution(tuple(enforce(stories, rules)), rules.conflicts)
