"""Which pages are one story: what a change reaches is clustered again and written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from articles.clustering import neighbourhood, update
from articles.library.database import DatabaseLibrary, posting_changes
from articles.models import Page, Story
from articles.models.bulk import chunks, create_rows, save_fields

from .work import Effects, Work

# Pages worked on together: what a settling takes in memory does not grow with it.
ROUND = 500
KEPT = 5_000  # pages that a library may have read before the next round gets a new one


def reached(changed: Collection[int]) -> set[int]:
    """Pages whose stories may be others because these change.

    To be asked while words and postings are as they were, and again once they are
    as they will be. Of lists and constraints the database knows the new ones only,
    so with each changed list its owner and who came or went must be asked about.
    """
    changing = frozenset(DatabaseLibrary().urls(changed))
    found: set[int] = set()
    for some in chunks(changed, ROUND):
        library = DatabaseLibrary()
        keys = neighbourhood(library.urls(some), library, changing=changing)
        found.update(library.pks(keys))
    return found


def regroup(content: Collection[int], work: Work, recut: set[int]) -> None:
    """Cluster again what these pages reach, whose content may be another.

    `recut` are the pages that were clustered since all facts of today came; whose
    words stay as they are need not be clustered again. Those clustered are added.
    """
    changes = posting_changes(sorted(content))
    reworded = (work.reworded | changes.pages) & set(content)
    touched = work.near | reached(reworded)  # as they were
    changes.write()
    touched |= reached(reworded)  # as they are
    touched |= reached(set(content) - reworded) - recut
    _cluster(touched | work.retimed, work, recut)


def _cluster(touched: Iterable[int], work: Work, recut: set[int]) -> None:
    """Cluster these pages, whom they are tied to and whole stories; write stories."""
    done: set[str] = set()
    library = DatabaseLibrary()
    for some in chunks(_by_time(touched), ROUND):
        if library.size > KEPT:
            library = DatabaseLibrary()
        keys = [key for key in library.urls(some) if key not in done]
        groups = _whole(keys, library)
        done.update(page.canonical_url for group in groups for page in group)
        recut.update(page.pk for group in groups for page in group)
        work.stories |= _write(groups, work.effects)


def _whole(keys: Collection[str], library: DatabaseLibrary) -> list[list[Page]]:
    """The stories of these pages, and of all that were in a story with them.

    What a later step is to change may be in the way of a story already: then some
    of its pages are tied to others, and the rest is clustered as well.
    """
    asked, rest = set(keys), set(keys)
    while rest:
        stories = update(sorted(asked), library).stories
        found = _pages(key for story in stories for key in story)
        rest = _company(found.values()) - found.keys() - asked
        asked |= rest
    return [[found[key] for key in story] for story in stories] if asked else []


def _company(pages: Collection[Page]) -> set[str]:
    """All pages of the stories that these are in."""
    return {
        url
        for some in chunks({page.story_id for page in pages if page.story_id})
        for url in Page.objects.filter(story__in=some).values_list(
            "canonical_url", flat=True
        )
    }


def _by_time(pages: Iterable[int]) -> list[int]:
    """Pages that exist, so that those of a round have most of their company in it."""
    dated = [
        row
        for some in chunks(pages)
        for row in Page.objects.filter(pk__in=some)
        .exclude(published_at=None)
        .values_list("published_at", "pk")
    ]
    return [pk for _, pk in sorted(dated)]


def _pages(keys: Iterable[str]) -> dict[str, Page]:
    fields = ("canonical_url", "published_at", "public_id", "story")
    return {
        page.canonical_url: page
        for some in chunks(keys)
        for page in Page.objects.filter(canonical_url__in=some).only(*fields)
    }


def _write(groups: Sequence[Sequence[Page]], effects: Effects) -> set[int]:
    """Give each group its story: the one its founder has founded, or a new one."""
    founders = [min(group, key=_founding) for group in groups]
    held = {
        story.founder_id: story
        for some in chunks([founder.pk for founder in founders])
        for story in Story.objects.filter(founder__in=some)
    }
    new = [
        Story(founder=founder, public_id=founder.public_id)
        for founder in founders
        if founder.pk not in held
    ]
    create_rows(new)
    held |= {story.founder_id: story for story in new}
    touched = {story.pk for story in new}
    founder_of = _founders(page.story_id for group in groups for page in group)
    moved = []
    for founder, group in zip(founders, groups, strict=True):
        story = held[founder.pk]
        for page in group:
            if page.story_id != story.pk:
                touched |= {story.pk} | ({page.story_id} if page.story_id else set())
                if page.story_id:
                    left = founder_of[page.story_id]
                    effects.left.setdefault(page.canonical_url, left)
                page.story_id = story.pk
                moved.append(page)
    save_fields(moved, ["story"])
    return touched


def _founders(stories: Iterable[int | None]) -> dict[int, int]:
    return {
        pk: founder
        for some in chunks({pk for pk in stories if pk})
        for pk, founder in Story.objects.filter(pk__in=some).values_list(
            "pk", "founder"
        )
    }


def moved_since(left: Mapping[str, int]) -> list[str]:
    """Of pages that left their stories, those that are not back in them."""
    return [
        url
        for some in chunks(left)
        for url, founder in Page.objects.filter(canonical_url__in=some)
        .order_by("pk")
        .values_list("canonical_url", "story__founder")
        if founder != left[url]
    ]


def _founding(page: Page) -> tuple[datetime, str]:
    assert page.published_at is not None
    return page.published_at, page.canonical_url
