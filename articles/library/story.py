"""What explains stories: which lists name their pages, and what editors joined.

Read for the stories' own pages only, so that what is read does not grow with what
is listed beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.clustering import RelatedList
from articles.models import Mention, Page
from articles.models.bulk import chunks

from .decisions import pair_decisions


@dataclass(frozen=True, slots=True)
class StoryEvidence:
    """Of one story: lists as far as its pages are on them, and pairs joined by hand."""

    lists: tuple[RelatedList, ...]
    merged: frozenset[frozenset[str]]


NOTHING = StoryEvidence((), frozenset())


def story_evidence(
    pages: Iterable[Page], *, hidden: bool = False
) -> Mapping[int, StoryEvidence]:
    """The evidence of each of several stories by pk, from these pages of them.

    Stories of one page need none. Counted are the lists that readers may know of:
    those of articles that speak for a visible page; or all, with `hidden` ones.
    """
    of_story: defaultdict[int, list[Page]] = defaultdict(list)
    for page in pages:
        if page.story_id is not None:
            of_story[page.story_id].append(page)
    members = {
        page.pk: page for held in of_story.values() if len(held) > 1 for page in held
    }
    if not members:
        return {}
    lists = _lists(members, hidden=hidden)
    merged = _merged(members)
    return {
        story: StoryEvidence(tuple(lists[story]), frozenset(merged[story]))
        for story, held in of_story.items()
        if len(held) > 1
    }


def _lists(
    members: Mapping[int, Page], *, hidden: bool
) -> defaultdict[int, list[RelatedList]]:
    """By story: the lists that two of its pages are on, owners among them."""
    named: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for some in chunks(sorted(members)):
        rows = Mention.objects.filter(page__in=some)
        shown = {} if hidden else {"article__shown_on__is_visible": True}
        rows = rows.filter(article__shown_on__isnull=False, **shown).order_by()
        for url, page in rows.values_list("article__shown_on__canonical_url", "page"):
            story = members[page].story_id
            assert story is not None
            named[story, url].append(members[page].canonical_url)
    found: defaultdict[int, list[RelatedList]] = defaultdict(list)
    own = {page.canonical_url: page.story_id for page in members.values()}
    for (story, url), urls in named.items():
        if len({url, *urls} if own.get(url) == story else set(urls)) > 1:
            found[story].append(RelatedList(url, tuple(urls)))
    return found


def _merged(members: Mapping[int, Page]) -> defaultdict[int, set[frozenset[str]]]:
    """By story: the pairs of its pages that editors joined and did not split since."""
    found: defaultdict[int, set[frozenset[str]]] = defaultdict(set)
    for one in pair_decisions(members):
        if one.a in members and one.b in members:
            ends = members[one.a], members[one.b]
            story = ends[0].story_id
            if story is not None and story == ends[1].story_id:
                pair = frozenset(page.canonical_url for page in ends)
                if one.kind == "merge":
                    found[story].add(pair)
                else:
                    found[story].discard(pair)
    return found
