"""Writes Story rows for the pages touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from articles.models import Page, Posting, Story
from articles.models.bulk import chunks, save_fields

from .shelves import DatabaseLibrary, holders_near, store_postings
from .stories import neighbourhood, update


def rebuild(page_ids: Iterable[int], *, moved: list[str] | None = None) -> set[int]:
    """Cluster again what depends on these pages; return the stories touched.

    The pages are those whose words, lists or constraints changed, owners of changed
    lists among them. Where `moved` is given, the URLs of pages that change their
    story are noted in it.
    """
    changed = set(page_ids)
    if not changed:
        return set()
    touched = _companions(changed)
    library = DatabaseLibrary()
    keys = library.urls(sorted(changed))
    pages = library.pages(keys)
    store_postings(dict(zip(library.pks(pages), pages.values(), strict=True)))
    library.expect(changed)
    # What lists tie to a page whatever its time: it may have come from afar.
    for listed in library.listed_with(keys).values():
        touched.update(library.pks(listed))
    near = neighbourhood(keys, library).union(library.urls(sorted(touched)))
    stories = update(sorted(near), library).stories
    found = _pages(key for story in stories for key in story)
    return _write([[found[key] for key in story] for story in stories], moved)


def _companions(changed: set[int]) -> set[int]:
    """Pages that were compared with these as they were: by words and by story."""
    found = set(changed)
    for some in chunks(changed):
        own = Posting.objects.filter(page__in=some).values_list("key", flat=True)
        found.update(holders_near(own.distinct(), changing=len(changed)))
        stories = Page.objects.filter(pk__in=some).values("story")
        members = Page.objects.filter(story__in=stories)
        found.update(members.values_list("pk", flat=True))
    return found


def _pages(keys: Iterable[str]) -> dict[str, Page]:
    fields = ("canonical_url", "published_at", "public_id", "story")
    return {
        page.canonical_url: page
        for some in chunks(keys)
        for page in Page.objects.filter(canonical_url__in=some).only(*fields)
    }


def _write(groups: Sequence[Sequence[Page]], noted: list[str] | None) -> set[int]:
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
    Story.objects.bulk_create(new, batch_size=500)
    held |= {story.founder_id: story for story in new}
    touched = {story.pk for story in new}
    moved = []
    for founder, group in zip(founders, groups, strict=True):
        story = held[founder.pk]
        for page in group:
            if page.story_id != story.pk:
                touched |= {story.pk} | ({page.story_id} if page.story_id else set())
                if noted is not None and page.story_id:
                    noted.append(page.canonical_url)
                page.story_id = story.pk
                moved.append(page)
    save_fields(moved, ["story"])
    return touched


def _founding(page: Page) -> tuple[datetime, str]:
    assert page.published_at is not None
    return page.published_at, page.canonical_url
