"""Writes Story rows for the pages touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from articles.clustering.stories import update
from articles.library.database import DatabaseLibrary, holders_near, store_postings
from articles.models import Article, Mention, Page, Posting, Story
from articles.models.bulk import chunks, create_rows, save_fields

# Pages worked on together: what a rebuilding takes in memory does not grow with it.
ROUND = 500
KEPT = 5_000  # pages that a library may have read before the next round gets a new one


def rebuild(page_ids: Iterable[int], *, moved: list[str] | None = None) -> set[int]:
    """Cluster again what depends on these pages; return the stories touched.

    The pages are those whose words, lists or constraints changed, owners of changed
    lists among them. Where `moved` is given, the URLs of pages that change their
    story are noted in it.
    """
    changed = set(page_ids)
    if not changed:
        return set()
    near = _companions(changed)
    for some in chunks(sorted(changed), ROUND):
        store_postings(some)
    near |= _companions(changed)
    touched: set[int] = set()
    done: set[str] = set()
    library = DatabaseLibrary()
    for some in chunks(_by_time(near), ROUND):
        if library.size > KEPT:
            library = DatabaseLibrary()
        keys = [key for key in library.urls(some) if key not in done]
        stories = update(keys, library).stories
        done.update(key for story in stories for key in story)
        found = _pages(key for story in stories for key in story)
        touched |= _write([[found[key] for key in story] for story in stories], moved)
    return touched


def _companions(changed: set[int]) -> set[int]:
    """Pages that these are compared with now: by words, by lists and by story."""
    found = set(changed)
    if len(found) == Page.objects.count():
        return found
    for some in chunks(changed):
        own = Posting.objects.filter(page__in=some).values_list("key", flat=True)
        found.update(holders_near(own.distinct(), changing=len(changed)))
        stories = Page.objects.filter(pk__in=some).values("story")
        members = Page.objects.filter(story__in=stories)
        found.update(members.values_list("pk", flat=True))
        found.update(_listed_with(some))
    return found


def _listed_with(some: Sequence[int]) -> Iterator[int]:
    """Pages that some list names together with these, owners of lists included."""
    lists = set(Article.objects.filter(page__in=some).values_list("pk", flat=True))
    naming = Mention.objects.filter(page__in=some)
    lists.update(naming.values_list("article", flat=True).distinct())
    for held in chunks(lists):
        yield from Article.objects.filter(pk__in=held).values_list("page", flat=True)
        named = Mention.objects.filter(article__in=held)
        yield from named.values_list("page", flat=True).distinct()


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
    create_rows(new)
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
