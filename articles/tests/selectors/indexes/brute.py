"""What is told of publishers and topics, worked out in plain Python from all pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from articles.models import Page, StoryProvider


class Part(NamedTuple):
    story: str  # its public id
    provider: str  # its domain
    at: datetime
    delay: int
    leads: bool


def parts_held() -> set[Part]:
    """What the table of parts says."""
    rows = StoryProvider.objects.values_list(
        "story__public_id", "provider__domain", "first_at", "delay", "leads"
    )
    held = [Part(*row) for row in rows]
    assert len(held) == len(set(held))
    return set(held)


def shown() -> dict[str, list[Page]]:
    """Visible pages of each listed story, by the story's public id."""
    found: dict[str, list[Page]] = defaultdict(list)
    for page in Page.objects.select_related("story", "provider"):
        if page.is_visible and page.story and page.story.lead_id:
            found[page.story.public_id].append(page)
    return found


def parts() -> set[Part]:
    """What the table of parts should say."""
    return {part for story, pages in shown().items() for part in _of(story, pages)}


def _of(story: str, pages: list[Page]) -> Iterator[Part]:
    voices = {page.provider.domain for page in pages}
    begun = min(page.published_at for page in pages)
    for voice in voices if len(voices) > 1 else ():
        own = [page for page in pages if page.provider.domain == voice]
        first = min(page.published_at for page in own)
        delay = int((first - begun).total_seconds())
        leads = any(page.pk == page.story.lead_id for page in own)
        yield Part(story, voice, first, delay, leads)


def figures(held: Iterable[Part]) -> tuple[int, int, int, int, int | None]:
    """Stories, times first, times leading, median delay, the same when not first."""
    own = list(held)
    late = [part.delay for part in own if part.delay > 0]
    return (
        len(own),
        sum(part.delay == 0 for part in own),
        sum(part.leads for part in own),
        int(median(part.delay for part in own)),
        int(median(late)) if late else None,
    )


def companions(held: Iterable[Part], domain: str) -> Counter[str]:
    """How many stories a publisher shares with each other one."""
    stories = {part.story for part in held if part.provider == domain}
    return Counter(
        part.provider
        for part in held
        if part.story in stories and part.provider != domain
    )


def of_late(days: int = 90) -> dict[str, list[Part]]:
    """The parts of each publisher within so many days up to the newest coverage.

    The site's zone is taken to be UTC.
    """
    newest = max(page.published_at for pages in shown().values() for page in pages)
    since = newest.replace(hour=0, minute=0, second=0, microsecond=0)
    since -= timedelta(days=days - 1)
    found: dict[str, list[Part]] = defaultdict(list)
    for part in parts():
        if part.at >= since:
            found[part.provider].append(part)
    return found


def as_tuple(figures):
    return figures.stories, figures.first, figures.leads, figures.delay, figures.late
