"""From pages, lists and constraints to stories, all at once or only what changed.

A story's make-up depends on its component of strong edges (pairs at the threshold)
and of constraints, and on nothing else. So after a change only the components that
its neighbourhood reaches are worked out again, and the result is that of a full run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from .candidates import FULL_POSTING, around
from .comparisons import Comparisons, in_parts
from .constraints import Rules, enforce
from .library import Library
from .linkage import link
from .problem import Constraint, Solution

# Mean likelihood at which groups join, in millionths.
THRESHOLD = 350_000


def solve(library: Library, keys: Iterable[str]) -> Solution:
    """Stories of these pages, which are all that the library knows.

    With them come the constraints that contradict earlier ones.
    """
    known = sorted(keys)
    comparisons = Comparisons(library)
    comparisons.fetch_compared(known)
    return _cut(comparisons, known, library.constraints(known))


def neighbourhood(
    changed: Collection[str],
    library: Library,
    *,
    changing: Collection[str] | None = None,
    lists: int = 0,
) -> set[str]:
    """Pages whose comparisons may differ because these pages or their lists changed.

    To be asked both of the library as it was and as it is; name as changed

    - each page that is new, gone or different;
    - of each list that is: its owner, and the pages that came or went;
    - both pages of each constraint that is.

    As it was need be known of postings only: who stays on a list is reached through
    its owner as it is. Where `changed` are asked about in turn, `changing` has all;
    where lists change before, and are asked about later, `lists` says how many may.
    """
    all_changing = frozenset(changing or changed)
    spare = max(lists, len(all_changing))
    # Only the changing pages' lists can make a page too common, or rare again.
    found = set(changed)
    for some in in_parts(changed):
        found.update(*library.listed_with(some, spare=spare).values())
    posted = _posted_with(changed, library, all_changing)
    # Who is bound to a page that goes is free again.
    rules = library.constraints(changed)
    bound = {end for rule in rules for end in (rule.a, rule.b)}
    return found.union(bound, posted)


def _posted_with(
    changed: Iterable[str], library: Library, changing: frozenset[str]
) -> set[str]:
    """Pages that could share a posting with these, now or after a change.

    Only the changing pages can fill a posting or make it a clue again.
    """
    own = set(chain.from_iterable(library.postings(changed).values()))
    near = {posting for one in own for posting in around(one)}
    return {
        key
        for keys in library.holders(near).values()
        if len(keys - changing) <= FULL_POSTING
        for key in keys
    }


def update(touched: Iterable[str], library: Library) -> Solution:
    """The stories that hold touched pages or may differ because of them.

    `touched` is what `neighbourhood` gave before and after the change. Each story
    returned takes the place of whatever stories its pages were in.
    """
    comparisons = Comparisons(library)
    return _around(_with_partners(comparisons, set(touched)), comparisons, library)


def cut_again(
    pages: Iterable[str], library: Library, comparisons: Comparisons | None = None
) -> Solution:
    """The stories of these pages, as `update` gives them.

    What they are compared with is cut as far as it is tied to them: who lost a tie to
    one of them has to be asked about as well, at once or later. Where only
    constraints changed these are their pages. While the library stays as it is, the
    comparisons of one cut serve the next.
    """
    comparisons = comparisons or Comparisons(library)
    return _around(set(comparisons.known(pages)), comparisons, library)


def _around(waiting: set[str], comparisons: Comparisons, library: Library) -> Solution:
    """The stories of these pages and of all that ties or constraints lead to."""
    reached: set[str] = set()
    rules: set[Constraint] = set()
    while waiting:
        comparisons.fetch_compared(waiting)
        reached |= waiting
        rules.update(library.constraints(waiting))
        # A split of what neither ties nor merges bring together says nothing.
        merges = (one for one in rules if one.kind == "merge")
        found = {end for one in merges for end in (one.a, one.b)}
        found.update(_strongly_tied(comparisons, waiting))
        waiting = set(comparisons.known(found - reached))
    return _cut(comparisons, sorted(reached), list(rules))


def _with_partners(comparisons: Comparisons, touched: set[str]) -> set[str]:
    """These pages and whom they are compared with.

    A pair is compared from both ends: its other page may lose or gain a tie.
    """
    comparisons.fetch_compared(touched)
    known = comparisons.known(touched)
    partners = (
        comparisons.by_text(key).union(comparisons.listed_with(key)) for key in known
    )
    return set(known).union(*partners)


def _strongly_tied(comparisons: Comparisons, keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        for other, weight in comparisons.compared_with(key):
            if weight >= THRESHOLD:
                yield other


def _cut(
    comparisons: Comparisons, keys: Sequence[str], constraints: Iterable[Constraint]
) -> Solution:
    inside = set(keys)

    def tied(key: str) -> Iterator[tuple[str, int]]:
        return (one for one in comparisons.compared_with(key) if one[0] in inside)

    stories = link(keys, tied, THRESHOLD)
    rules = Rules.read(constraints, inside)
    return Solution(tuple(enforce(stories, rules, tied)), rules.conflicts)
