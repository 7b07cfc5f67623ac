"""The hits of a search by the stories they belong to, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from articles.models import Story
from articles.models.page import PageQuerySet
from articles.rules.time_ordered_id import first_id_at
from articles.search import (
    STORY,
    Fit,
    Found,
    Hit,
    Rank,
    SearchQuery,
    best_hits,
    hits_of,
    near_hits,
    newest_hits,
    spread_hits,
)

from .cursor import decode, encode
from .feed import COUNTED, PAGE_SIZE

# More hits than nearly all stories have pages: some are of stories not shown yet.
_AHEAD = 200
_NEAREST = 2 * PAGE_SIZE  # groups of which all is asked: looking one up costs most

_SECOND = timedelta(seconds=1)

Group = tuple[int, int]
Groups = Mapping[Group, Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class HitPage:
    """One page of what is found: groups in their order, the hits of each in theirs.

    A group is a story, or a page that readers have no story for.
    """

    groups: Groups
    next_cursor: str | None
    story_total: str  # "12", "1,000+"; a page that stands alone counts for itself
    page_total: str
    fit: Fit = Fit.ALL
    said: int = 0  # of the words, where not all need be
    was_bounded: bool = False  # there are more hits than were ranked
    was_cut: bool = False  # there may be more behind those that were looked at


def best_hit_page(
    query: SearchQuery, within: PageQuerySet, *, before: str | None
) -> HitPage:
    """The best first, by the best page of each story; raises InvalidCursor."""
    return _ranked(best_hits(query, within), before=before)


def near_hit_page(query: SearchQuery, within: PageQuerySet) -> HitPage:
    """What comes nearest where nothing is found: one page of it, and no more."""
    return _ranked(near_hits(query, within), before=None)


def with_spread_hits(
    found: HitPage, query: SearchQuery, within: PageQuerySet
) -> HitPage:
    """A list that is all of one page, with stories that say the words between them."""
    told = [pk for kind, pk in found.groups if kind == STORY]
    hits = spread_hits(query, within, but=told)
    groups: dict[Group, list[Hit]] = defaultdict(list)
    for hit in hits:
        groups[hit.group].append(hit)
    shown = dict(list(groups.items())[: PAGE_SIZE - len(found.groups)])
    every = {**found.groups, **shown}
    return (
        replace(
            found,
            groups=every,
            fit=found.fit if found.groups else Fit.SPREAD,
            story_total=_total(len(every), beyond=False),
            page_total=_total(sum(map(len, every.values())), beyond=False),
        )
        if shown
        else found
    )


def newest_hit_page(
    query: SearchQuery, within: PageQuerySet, *, before: str | None
) -> HitPage:
    """The newest first, by the newest page of each story; raises InvalidCursor."""
    last = decode(before, int)[0] if before else None
    looked = newest_hits(query, within, most=COUNTED + 1)
    counted, seen_to = looked.found, looked.seen_to
    ahead = counted[:_AHEAD]
    if last is not None:
        looked = newest_hits(query, within, most=_AHEAD, before=last)
        ahead = looked.found
    behind = ahead[-1].id if len(ahead) == _AHEAD else looked.seen_to
    newest: dict[Group, int] = {}
    for hit in ahead:
        newest.setdefault(hit.group, hit.id)
    # None of a first page has stood further up.
    nearest = list(newest)[: PAGE_SIZE + 1 if last is None else _NEAREST]
    hits, below = (counted, seen_to) if last is None else (ahead, behind)
    if last is None and len(counted) > COUNTED:
        below = counted[-1].id
    if last is not None or below is not None:
        cut = _cut(nearest, above=last, below=below)
        hits = _all_of(cut, hits, query, within)
    # A story stands where its newest page does, and not again further down.
    earlier = {hit.group for hit in hits if last is not None and hit.id >= last}
    fresh = [group for group in nearest if group not in earlier]
    more = len(counted) > COUNTED or seen_to is not None
    return HitPage(
        groups=_grouped(hits, fresh[:PAGE_SIZE]),
        next_cursor=_end(behind, newest, nearest, fresh),
        was_cut=looked.seen_to is not None,
        story_total=_total(len({hit.group for hit in counted}), more),
        page_total=_total(len(counted), more),
    )


def _ranked(found: Found, *, before: str | None) -> HitPage:
    every: dict[Group, list[Hit]] = defaultdict(list)
    for hit in found.hits:
        # As `Hit.group` says, which takes most of the time here.
        every[(0, hit.story) if hit.story else (1, hit.page)].append(hit)
    groups = list(every)
    if before:
        last = Rank(*decode(before, int, int, float, int))
        groups = [group for group in groups if every[group][0].rank < last]
    shown = groups[:PAGE_SIZE]
    goes_on = len(groups) > PAGE_SIZE and found.fit is Fit.ALL
    beyond = found.more or found.seen_to is not None
    return HitPage(
        groups={group: every[group] for group in shown},
        next_cursor=_place(every[shown[-1]][0].rank) if goes_on else None,
        story_total=_total(len(every), beyond),
        page_total=_total(len(found.hits), beyond),
        fit=found.fit,
        said=found.hits[0].words if found.hits else 0,
        was_bounded=found.more,
        was_cut=found.seen_to is not None,
    )


def _cut(
    groups: Iterable[Group], *, above: int | None, below: int | None
) -> frozenset[int]:
    """Those of the groups' stories that may have hits beyond some ids."""
    stories = [pk for kind, pk in groups if kind == STORY]
    times = Story.objects.filter(pk__in=stories).values_list(
        "pk", "first_at", "latest_at"
    )
    return frozenset(
        pk
        for pk, first_at, latest_at in times
        if first_at is None
        or latest_at is None
        or (below is not None and first_id_at(first_at) <= below)
        or (above is not None and first_id_at(latest_at + _SECOND) > above)
    )


def _all_of(
    stories: Collection[int],
    held: Sequence[Hit],
    query: SearchQuery,
    within: PageQuerySet,
) -> list[Hit]:
    """The hits held, with all of some stories: those before and behind them, too."""
    others = [hit for hit in held if hit.story not in stories]
    found = [*others, *hits_of(query, within, stories=stories)]
    return sorted(found, key=lambda hit: -hit.id)


def _end(
    behind: int | None,
    newest: Mapping[Group, int],
    nearest: Sequence[Group],
    fresh: Sequence[Group],
) -> str | None:
    """The place of the last hit that the page has seen to; None at the end of all.

    `behind` is where to go on behind all hits ahead, if there is anything.
    """
    if len(fresh) > PAGE_SIZE:
        return encode(newest[fresh[PAGE_SIZE - 1]])
    if len(newest) > len(nearest):
        return encode(newest[nearest[-1]])
    return None if behind is None else encode(behind)


def _grouped(hits: Iterable[Hit], groups: Iterable[Group]) -> Groups:
    found: dict[Group, list[Hit]] = {group: [] for group in groups}
    for hit in hits:
        if hit.group in found:
            found[hit.group].append(hit)
    return found


def _place(rank: Rank) -> str:
    return encode(rank.words, rank.known, rank.score, rank.id)


def _total(number: int, beyond: bool) -> str:
    most = min(number, COUNTED)
    return f"{most:,}+" if beyond or number > COUNTED else f"{most:,}"
