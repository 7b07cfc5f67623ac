"""Addresses of every type of page of a site, some of each, chosen the same way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from articles.models import Page, Provider, Story, StoryTopic, Topic
from articles.models.page import PageQuerySet
from articles.selectors.cursor import NEWEST_PAGES, encode
from articles.selectors.lists import LISTS, StoryList

DEEP = (0.2, 0.5, 0.9)  # of a list, where deep pages begin
TITLES = 2000  # of the newest, from which words are chosen
_WORD = re.compile(r"[a-z]{4,}")


def addresses() -> dict[str, list[str]]:
    """By the names of the types of pages."""
    return dict(_all())


def _all() -> Iterator[tuple[str, list[str]]]:
    for listing in LISTS.values():
        yield listing.name, [reverse(listing.route)]
        yield f"{listing.name} deep", list(_deep(listing))
        yield f"{listing.name} feed", [reverse(f"{listing.route}_rss")]
    yield from _topics()
    yield from _publishers()
    yield from _stories()
    yield from _archive()
    yield from _searches()
    yield from _narrowed()
    for name in ("topics", "providers", "about"):
        yield name, [reverse(name)]


def _deep(listing: StoryList) -> Iterator[str]:
    stories = Story.objects.listed().filter(listing.only)
    order = [f"-{field}" for field in listing.keyset.fields]
    count = stories.count()
    for share in DEEP:
        story = stories.order_by(*order)[int(share * count)]
        place = encode(*(getattr(story, field) for field in listing.keyset.fields))
        yield f"{reverse(listing.route)}?before={place}"


def _topics() -> Iterator[tuple[str, list[str]]]:
    topics = Topic.objects.filter(labelled__isnull=False).distinct().order_by("key")
    some = topics[:5]
    yield "topic", [reverse("topic", args=[topic.slug]) for topic in some]
    deep = []
    for topic in some:
        labels = StoryTopic.objects.filter(topic=topic)
        middle = labels.order_by("-latest_at", "-public_id")[labels.count() // 2]
        place = encode(middle.latest_at, middle.public_id)
        deep.append(f"{reverse('topic', args=[topic.slug])}?before={place}")
    yield "topic deep", deep


def _publishers() -> Iterator[tuple[str, list[str]]]:
    counts = Counter(_newest().values_list("provider__domain", flat=True)[:TITLES])
    some = [domain for domain, _ in counts.most_common(5)]
    yield "publisher", [reverse("provider", args=[domain]) for domain in some]
    deep = []
    for domain in some:
        pages = _newest().filter(provider__domain=domain)
        middle = pages[pages.count() // 2]
        place = encode(*(getattr(middle, field) for field in NEWEST_PAGES.fields))
        deep.append(f"{reverse('provider', args=[domain])}?before={place}")
    yield "publisher deep", deep


def _stories() -> Iterator[tuple[str, list[str]]]:
    listed = Story.objects.listed().select_related("lead").order_by("-latest_at", "pk")
    (largest,) = listed.order_by("-page_count", "pk").values_list(
        "page_count", flat=True
    )[:1]
    for pages in sorted({1, 2, 8, 14, largest}):
        if some := listed.filter(page_count=pages)[:5]:
            yield (
                f"story of {pages}",
                [reverse("story", args=[one.public_id, one.slug]) for one in some],
            )
    newest = _newest().filter(is_listed=True)[:5]
    yield (
        "article",
        [reverse("article", args=[page.public_id, page.slug]) for page in newest],
    )


def _archive() -> Iterator[tuple[str, list[str]]]:
    yield "archive", [reverse("archive")]
    days = (
        Story.objects.listed()
        .filter(first_on__isnull=False)
        .order_by("-first_on")
        .values_list("first_on", flat=True)
    )
    count = days.count()
    some = sorted({days[int(share * count)] for share in (0, *DEEP)})
    spelled = [f"{day:%Y/%m/%d}".split("/") for day in some]
    yield "year", _once(reverse("archive_year", args=day[:1]) for day in spelled)
    yield "month", _once(reverse("archive_month", args=day[:2]) for day in spelled)
    yield "edition", _once(reverse("edition", args=day) for day in spelled)


def _searches() -> Iterator[tuple[str, list[str]]]:
    words = _words()
    common, second = words[:3], words[3:6]
    rare = words[-3:]
    middle = words[len(words) // 8 : len(words) // 8 + 3]
    topic = Topic.objects.filter(labelled__isnull=False).order_by("key").first()
    domain = Provider.objects.filter(pages__is_visible=True).order_by("domain").first()
    assert topic and domain
    asked: dict[str, list[dict[str, object]]] = {
        "common": [{"q": word} for word in common],
        "middle": [{"q": word} for word in middle],
        "rare": [{"q": word} for word in rare],
        "two words": [{"q": f"{a} {b}"} for a, b in zip(common, second, strict=True)],
        "three words": [{"q": " ".join((*common[:2], middle[0]))}],
        "common and rare": [{"q": f"{common[0]} {rare[0]}"}],
        "phrase": [{"q": f'"{said}"'} for said in _phrases()],
        "without": [{"q": f"{common[0]} -{second[0]}"}],
        "nothing": [{"q": f"{common[0]} {second[0]} {rare[0]} {rare[1]}"}],
        "of topic": [{"q": f'{common[0]} topic:"{topic.name}"'}],
        "topic chosen": [{"q": common[0], "topic": topic.slug}],
        "publisher": [{"q": common[0], "provider": domain.domain}],
        "days": [{"q": common[0], **days} for days in _days()],
        "quality": [{"q": common[0], "min_quality": 90}],
        "quality, few": [{"q": common[0], "min_quality": 500}],
    }
    path = reverse("search")
    for name, queries in asked.items():
        for sort in ("relevance", "newest"):
            spelled = [
                f"{path}?{urlencode({**query, 'sort': sort})}" for query in queries
            ]
            yield f"search {name}, {sort}", spelled


def _narrowed() -> Iterator[tuple[str, list[str]]]:
    topics = Topic.objects.filter(labelled__isnull=False).distinct().order_by("key")
    counts = Counter(_newest().values_list("provider__domain", flat=True)[:TITLES])
    domains = [domain for domain, _ in counts.most_common(3)]
    asked: dict[str, list[dict[str, object]]] = {
        "topic": [{"topic": topic.slug} for topic in topics[:5]],
        "publisher": [{"provider": domain} for domain in domains],
        "days": list(_days()),
        "quality": [{"min_quality": 90}],
        "quality, few": [{"min_quality": 500}],
        "picture": [{"has_image": 1}],
        "coverage": [{"coverage": 3}],
        "nothing": [{"filter": 1}],
        "topic and quality": [{"topic": topics[1].slug, "min_quality": 90}],
    }
    for name in ("top", "latest", "covered"):
        path = reverse(LISTS[name].route)
        for what, queries in asked.items():
            spelled = [f"{path}?{urlencode(query)}" for query in queries]
            yield f"{name} by {what}", spelled
    deep = [place.partition("?")[2] for place in _deep(LISTS["latest"])]
    for what in ("topic", "publisher", "quality", "days"):
        spelled = [
            f"{reverse('latest')}?{urlencode(query)}&{place}"
            for query in asked[what][:1]
            for place in deep
        ]
        yield f"latest by {what}, deep", spelled


def _days() -> Iterator[dict[str, object]]:
    """Some days in the middle, and all up to them."""
    pages = _newest()
    middle = pages[pages.count() // 2].published_at
    assert middle
    begin, end = middle - timedelta(days=3), middle + timedelta(days=3)
    yield {"since": f"{begin:%Y-%m-%d}", "until": f"{end:%Y-%m-%d}"}
    yield {"until": f"{end:%Y-%m-%d}"}


def _words() -> Sequence[str]:
    """Words of titles, the most frequent first."""
    counts = Counter(
        word for title in _titles() for word in set(_WORD.findall(title.lower()))
    )
    return sorted(counts, key=lambda word: (-counts[word], word))


def _phrases() -> list[str]:
    """The two first words of some titles."""
    titles = [title for title in _titles() if len(title.split()) > 3]
    return [" ".join(title.split()[:2]) for title in titles[:3]]


def _titles() -> list[str]:
    return list(_newest().values_list("title", flat=True)[:TITLES])


def _newest() -> PageQuerySet:
    return Page.objects.visible().order_by("-published_at", "-public_id")


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))
