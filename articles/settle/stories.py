"""Which pages are one story: what a change reaches is clustered again and written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from articles.clustering import cut_again, neighbourhood, update
from articles.library.database import DatabaseLibrary, store_postings
from articles.models import Page, Stale, Story
from articles.models.bulk import chunks, create_rows, save_fields

# Pages worked on together: what a settling takes in memory does not grow with it.
ROUND = 500
KEPT = 5_000  # pages that a library may have read before the next round gets a new one


def reached(changed: Collection[int]) -> set[int]:
    """Pages whose stories may be others because these change.

    To be asked while words and postings are as they were, and again once they are
    as they will be. Of lists and constraints the database knows the new ones only,
    so with each changed list its owner and who came or went must be among `changed`.
    """
    if not Page.objects.exclude(stale=Stale.CONTENT).exists():
        return set(changed)  # all pages there are
    changing = frozenset(DatabaseLibrary().urls(changed))
    found: set[int] = set()
    for some in chunks(changed, ROUND):
        library = DatabaseLibrary()
        keys = neighbourhood(library.urls(some), library, changing=changing)
        found.update(library.pks(keys))
    return found


def store_words(changed: Iterable[int]) -> None:
    """Let changed pages be found under their new words."""
    for some in chunks(changed, ROUND):
        store_postings(some)


def regroup(touched: Iterable[int], *, moved: list[str]) -> set[int]:
    """Cluster these pages and whom they are with again; return the stories touched.

    `touched` is what `reached` gave before and after. The URLs of pages that change
    their story are noted in `moved`.
    """
    changed: set[int] = set()
    done: set[str] = set()
    library = DatabaseLibrary()
    for some in chunks(_by_time(touched), ROUND):
        if library.size > KEPT:
            library = DatabaseLibrary()
        keys = [key for key in library.urls(some) if key not in done]
        stories = update(keys, library).stories
        done.update(key for story in stories for key in story)
        changed |= _write(stories, moved)
    return changed


def regroup_bound(pages: Iterable[int]) -> set[int]:
    """The same for pages about which nothing changed but decisions on stories."""
    library = DatabaseLibrary()
    return _write(cut_again(library.urls(pages), library).stories, [])


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


def _write(stories: Sequence[Sequence[str]], noted: list[str]) -> set[int]:
    """Give each group its story: the one its founder has founded, or a new one."""
    found = _pages(key for story in stories for key in story)
    groups = [[found[key] for key in story] for story in stories]
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
    moved = []
    for founder, group in zip(founders, groups, strict=True):
        story = held[founder.pk]
        for page in group:
            if page.story_id != story.pk:
                touched |= {story.pk} | ({page.story_id} if page.story_id else set())
                if page.story_id:
                    noted.append(page.canonical_url)
                page.story_id = story.pk
                moved.append(page)
    save_fields(moved, ["story"])
    return touched


def _founding(page: Page) -> tuple[datetime, str]:
    assert page.published_at is not None
    return page.published_at, page.canonical_url
