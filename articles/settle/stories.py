"""Which pages are one story: what a change reaches is clustered again and written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from articles.clustering import Comparisons, cut_again, neighbourhood
from articles.library.database import DatabaseLibrary
from articles.library.decisions import last_laid_down
from articles.library.posting_changes import posting_changes
from articles.models import Page, Stale, Story
from articles.models.bulk import among, chunks, create_rows, save_fields

from .work import Effects, Work

# Pages worked on together: what a settling takes in memory does not grow with it.
ROUND = 500
KEPT = 3500  # pages that may be looked up before all is asked again


@dataclass(slots=True)
class Progress:
    """What the steps of one settling leave to each other of clustering.

    `done` are pages clustered since the facts that the settling began with were there:
    they need it again only where words change that they are compared with.
    """

    done: set[int] = field(default_factory=set)
    of_all: bool = False  # all pages there are wait to be clustered, each in its turn
    lists: int = 0  # that may have changed before, at most
    library: DatabaseLibrary = field(init=False)
    comparisons: Comparisons = field(init=False)
    _version: object = None

    def __post_init__(self) -> None:
        self.forget()

    def check(self) -> None:
        """Forget all if an editor has cut or joined stories since this was asked last.

        Nothing else that editors do changes what is compared: pages that have come
        have their words by now, and who may see a page does not matter.
        """
        version = last_laid_down()
        if version != self._version:
            self.done.clear()
            self.forget()
            self._version = version

    def forget(self) -> None:
        """Ask for words, lists and constraints again."""
        self.library = DatabaseLibrary()
        self.comparisons = Comparisons(self.library)

    def trim(self) -> None:
        """Forget when this is much."""
        if self.library.size > KEPT:
            self.forget()


def reached(
    changed: Collection[int], library: DatabaseLibrary, *, lists: int = 0
) -> set[int]:
    """Pages whose stories may be others because these change, and up to so many lists.

    To be asked while words and postings are as they were, and again once they are
    as they will be. Of lists and constraints the database knows the new ones only,
    so with each changed list its owner and who came or went must be asked about.
    """
    urls = library.urls(changed)
    return set(library.pks(neighbourhood(urls, library, lists=lists)))


def regroup_pages(waiting: Set[int], work: Work, progress: Progress) -> None:
    """Cluster the waiting pages of a step again, as far as needed; write stories.

    Other pages whose stories may be others now are marked: their turn comes.
    """
    if work.near or work.moved:
        progress.forget()
    library, lists = progress.library, progress.lists
    library.forget_words(library.urls(work.content))
    changes = posting_changes(sorted(work.content), library)
    reworded = work.content & (work.reworded | changes.pages)
    near = work.near | reached(reworded, library, lists=lists)  # as they were
    changes.write()
    library.forget_postings()
    near |= reached(reworded, library, lists=lists)  # as they are
    progress.done -= near
    if reworded:
        progress.comparisons = Comparisons(library)
    rest = work.content - reworded
    if not progress.of_all:
        near |= reached(rest, library, lists=lists) - progress.done
    _mark(near - work.pages)
    _cluster(work.regrouped | (waiting - progress.done), work, progress)


def _mark(pages: Collection[int]) -> None:
    for some in chunks(sorted(pages)):
        behind = Page.objects.filter(pk__in=among(some), stale__lt=Stale.STORY)
        behind.update(stale=Stale.STORY)


def _cluster(touched: Iterable[int], work: Work, progress: Progress) -> None:
    """Cluster these pages, whom they are tied to and whole stories; write stories."""
    done: set[str] = set()
    for some in chunks(_by_time(touched), ROUND):
        progress.trim()
        keys = [key for key in progress.library.urls(some) if key not in done]
        groups = _whole(keys, progress)
        done.update(page.canonical_url for group in groups for page in group)
        progress.done.update(page.pk for group in groups for page in group)
        touched = _write(groups, work.effects)
        work.published = work.published or _are_shown(touched)
        work.stories |= touched


def _are_shown(stories: Iterable[int]) -> bool:
    """Whether readers meet one of these stories, or a page in one."""
    shown = Q(lead__isnull=False) | Q(pages__is_visible=True)
    return any(
        Story.objects.filter(shown, pk__in=some).exists() for some in chunks(stories)
    )


def _whole(keys: Collection[str], progress: Progress) -> list[list[Page]]:
    """The stories of these pages, and of all that were in a story with them.

    What a later step is to change may be in the way of a story already: then some
    of its pages are tied to others, and the rest is clustered as well.
    """
    asked, rest = set(keys), set(keys)
    while rest:
        solution = cut_again(sorted(asked), progress.library, progress.comparisons)
        stories = solution.stories
        found = _pages(key for story in stories for key in story)
        rest = _company(found.values()) - found.keys() - asked
        asked |= rest
    return [[found[key] for key in story] for story in stories] if asked else []


def _company(pages: Collection[Page]) -> set[str]:
    """All pages of the stories that these are in."""
    return {
        url
        for some in chunks({page.story_id for page in pages if page.story_id})
        for url in Page.objects.filter(story__in=among(some)).values_list(
            "canonical_url", flat=True
        )
    }


def _by_time(pages: Iterable[int]) -> list[int]:
    """Pages that exist, so that those of a round have most of their company in it."""
    dated = [
        row
        for some in chunks(pages)
        for row in Page.objects.filter(pk__in=among(some))
        .exclude(published_at=None)
        .values_list("published_at", "pk")
    ]
    return [pk for _, pk in sorted(dated)]


def _pages(keys: Iterable[str]) -> dict[str, Page]:
    fields = ("canonical_url", "published_at", "public_id", "story")
    return {
        page.canonical_url: page
        for some in chunks(keys)
        for page in Page.objects.filter(canonical_url__in=among(some)).only(*fields)
    }


def _write(groups: Sequence[Sequence[Page]], effects: Effects) -> set[int]:
    """Give each group its story: the one its founder has founded, or a new one."""
    founders = [min(group, key=_founding) for group in groups]
    held = {
        story.founder_id: story
        for some in chunks([founder.pk for founder in founders])
        for story in Story.objects.filter(founder__in=among(some))
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
        for pk, founder in Story.objects.filter(pk__in=among(some)).values_list(
            "pk", "founder"
        )
    }


def moved_since(left: Mapping[str, int]) -> list[str]:
    """Of pages that left their stories, those that are not back in them."""
    return [
        url
        for some in chunks(left)
        for url, founder in Page.objects.filter(canonical_url__in=among(some))
        .order_by("pk")
        .values_list("canonical_url", "story__founder")
        if founder != left[url]
    ]


def _founding(page: Page) -> tuple[datetime, str]:
    assert page.published_at is not None
    return page.published_at, page.canonical_url
