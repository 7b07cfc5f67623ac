"""Which entries the feed of each list holds: those of its first page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from articles.filters import NewsFilter, query
from articles.models import Page, Provider, Story, StoryTopic, Topic
from articles.rendering.summaries import pages_in_stories
from articles.rules.hostname import provider_domain
from articles.rules.missing import MISSING
from articles.search import parse
from articles.selectors.cards import ListedCard
from articles.selectors.cursor import NEWEST_PAGES
from articles.selectors.feed import PAGE_SIZE, Narrowed, feed_page
from articles.selectors.indexes.provider import newest_from
from articles.selectors.indexes.topic import newest_on
from articles.selectors.lists import LISTS, StoryList
from articles.selectors.search import SORTS, search_page

from .entries import Entry, found_entry, page_entry, story_entry


@dataclass(frozen=True, slots=True)
class Channel:
    """A list as a feed: its name, the path and query of its page, its entries."""

    title: str
    path: str
    query: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()  # why there are none


def stories(request: HttpRequest, listing: StoryList) -> Channel:
    """The stories of a list."""
    path = reverse(listing.route)
    if not request.GET:
        found = feed_page(order=listing.name)
        return _whole(listing.title, path, _story_entries(found.stories.cards))
    return _stories(request, listing.title, path, order=listing.name)


def topic(request: HttpRequest, slug: str) -> Channel:
    """The stories of a topic, newest coverage first."""
    if not request.GET:
        newest = newest_on(slug)
        if newest is None:
            raise Http404(MISSING)
        name, cards = newest
        path = reverse("topic", args=[name.slug])
        return _whole(name.name, path, _story_entries(cards))
    found = Topic.objects.filter(slug=slug, labelled__isnull=False).first()
    if found is None:
        raise Http404(MISSING)
    path = reverse("topic", args=[found.slug])
    return _stories(request, found.name, path, order="latest", within=found)


def provider(request: HttpRequest, domain: str) -> Channel:
    """The visible pages of a publisher, newest first."""
    if not request.GET:
        newest = newest_from(provider_domain(domain))
        if newest is None:
            raise Http404(MISSING)
        name, found = newest
        path = reverse("provider", args=[name.domain])
        return _whole(name.name, path, map(page_entry, found))
    publisher = Provider.objects.filter(domain=provider_domain(domain)).first()
    pages = Page.objects.visible().filter(provider=publisher)
    if publisher is None or not pages.exists():
        raise Http404(MISSING)
    asked = NewsFilter(request.GET)
    kept = Page.objects.none() if asked.problems else asked.qs
    shown, _ = NEWEST_PAGES.page(
        kept.filter(provider=publisher).select_related("provider", "story__lead"),
        size=PAGE_SIZE,
        before=None,
    )
    path = reverse("provider", args=[publisher.domain])
    return _channel(
        asked, publisher.name, path, map(page_entry, pages_in_stories(shown))
    )


def search(request: HttpRequest) -> Channel:
    """What a search finds, in the order of its page; without words as `latest`."""
    asked = NewsFilter(request.GET)
    words, path = parse(asked.words), reverse("search")
    if not words and asked.asks_beyond_words:
        return _stories(request, "Search", path, order="latest")
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS and words.wanted else ""
    entries: Iterable[Entry] = ()
    if words and not asked.problems:
        default = SORTS[0] if words.wanted else "newest"
        found = search_page(words, asked.pages(), sort=sort or default)
        entries = map(found_entry, found.stories)
    return _channel(asked, "Search", path, entries, sort=sort)


def _stories(
    request: HttpRequest,
    name: str,
    path: str,
    *,
    order: str,
    within: Topic | None = None,
) -> Channel:
    asked = NewsFilter(request.GET, alone=False, only=LISTS[order].only)
    narrowed = asked.narrowed()
    if within:
        narrowed = _on_topic(narrowed, within)
    found = feed_page(order=order, narrowed=narrowed)
    return _channel(asked, name, path, _story_entries(found.stories.cards))


def _on_topic(narrowed: Narrowed | None, topic: Topic) -> Narrowed:
    """A list narrowed further to the stories of one topic."""
    every = Story.objects.listed()
    whole = narrowed or Narrowed(every, (), every)
    labels = StoryTopic.objects.filter(topic=topic)
    newest = labels.order_by("-latest_at", "-public_id")
    return Narrowed(
        whole.stories.filter(labels__topic=topic),
        (*whole.ways_in, newest.values("story")),
        whole.led_to.filter(labels__topic=topic),
    )


def _whole(name: str, path: str, entries: Iterable[Entry]) -> Channel:
    """A list of which nothing is asked, as most readers do."""
    return Channel(title=name, path=path, query="", entries=tuple(entries))


def _story_entries(cards: Iterable[ListedCard]) -> Iterator[Entry]:
    return (story_entry(card.shape) for card in cards)


def _channel(
    asked: NewsFilter, name: str, path: str, entries: Iterable[Entry], *, sort: str = ""
) -> Channel:
    return Channel(
        title=f"{name}: stories {asked.phrase}" if asked.phrase else name,
        path=path,
        query=query(asked.conditions, sort=sort),
        entries=tuple(entries),
        problems=tuple(map(str, asked.problems)),
    )
