"""Writes Story rows for the pages touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from articles.models import Mention, Page, Story
from articles.models.bulk import chunks, save_fields

from . import partition
from .problem import ClusterPage, RelatedList

HOUR = 3600


def rebuild(page_ids: Iterable[int], *, moved: list[str] | None = None) -> set[int]:
    """Cluster again what lists tie to these pages; return the stories touched.

    Where `moved` is given, the URLs of pages that change their story are noted in it.
    The partition of a candidate component depends on nothing outside it, so
    that rebuilding the components of the changed pages is rebuilding all.
    """
    reached = _reached(set(page_ids))
    pages = _pages(reached)
    keys = {page.pk: page.canonical_url for page in pages}
    by_key = {page.canonical_url: page for page in pages}
    groups = partition([_cluster_page(page) for page in pages], _related_lists(keys))
    return _write([[by_key[key] for key in group] for group in groups], moved)


def _reached(frontier: set[int]) -> set[int]:
    """All pages of the candidate components that hold the given ones."""
    reached: set[int] = set()
    while frontier:
        reached |= frontier
        found: set[int] = set()
        for held in chunks(frontier):
            found.update(
                Mention.objects.filter(article__page__in=held).values_list(
                    "page", flat=True
                )
            )
            found.update(
                Mention.objects.filter(page__in=held).values_list(
                    "article__page", flat=True
                )
            )
        frontier = found - reached
    return reached


def _pages(ids: Iterable[int]) -> list[Page]:
    fields = ("canonical_url", "title", "excerpt", "published_at", "public_id")
    return [
        page
        for held in chunks(ids)
        for page in Page.objects.filter(pk__in=held)
        .select_related("provider")
        .only(*fields, "story", "provider__domain")
    ]


def _cluster_page(page: Page) -> ClusterPage:
    assert page.published_at is not None
    return ClusterPage(
        key=page.canonical_url,
        title=page.title,
        excerpt=page.excerpt,
        hours=page.published_at.timestamp() / HOUR,
        provider=page.provider.domain if page.provider else "",
    )


def _related_lists(keys: dict[int, str]) -> Iterable[RelatedList]:
    """The lists of the articles on these pages; twins each bring theirs."""
    for held in chunks(keys):
        named: dict[tuple[int, int], list[str]] = defaultdict(list)
        mentions = (
            Mention.objects.filter(article__page__in=held)
            .order_by("article", "position")
            .values_list("article__page", "article", "page")
        )
        for owner, article, page in mentions.iterator():
            named[owner, article].append(keys[page])
        for (owner, _), pages in named.items():
            yield RelatedList(owner=keys[owner], named=tuple(pages))


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
