"""The page of one story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from articles.models import Article, Page, Story
from articles.rules.coverage_strip import Strip

from .cards import StoryCard, coverage_lines, story_card, strip_of, topics_of
from .lines import PageLine, ProviderName, page_line

RELATED = 12
ASKED = 20  # articles of a story whose lists are asked for what is related


@dataclass(frozen=True, slots=True)
class CoverageDay:
    """Visible pages of one day, earliest first."""

    day: date
    lines: tuple[PageLine, ...]
    silent_days: int  # whole days without coverage before this one


@dataclass(frozen=True, slots=True)
class ProviderShare:
    """How many of a story's pages one provider has."""

    provider: ProviderName
    pages: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Everything the page of a story shows."""

    card: StoryCard
    coverage: tuple[CoverageDay, ...]
    shares: tuple[ProviderShare, ...]  # most pages first
    reprint_count: int
    related: tuple[PageLine, ...]  # named beside the coverage, but another event
    strip: Strip


def story_page(public_id: str) -> StoryPage | None:
    """The story at an address; None where readers have none there."""
    story = Story.objects.listed().filter(public_id=public_id).first()
    if story is None:
        return None
    lines = coverage_lines([story])[story.pk]
    card = story_card(story, lines, topics_of([story]).get(story.pk, ()))
    return StoryPage(
        card=card,
        coverage=_by_days(lines),
        shares=_shares(lines),
        reprint_count=sum(line.is_reprint for line in lines),
        related=_related(story),
        strip=strip_of(lines, most=180),
    )


def story_address(member_id: str) -> Story | None:
    """The listed story that the id of any member page leads to."""
    members = Page.objects.with_id(member_id).values("pk")
    stories = Story.objects.listed().filter(pages__in=members)
    return stories.select_related("lead").first()


def _by_days(lines: Sequence[PageLine]) -> tuple[CoverageDay, ...]:
    days: dict[date, list[PageLine]] = defaultdict(list)
    for line in lines:
        days[timezone.localdate(line.published_at)].append(line)
    found: list[CoverageDay] = []
    for day, held in days.items():
        silent = (day - found[-1].day).days - 1 if found else 0
        found.append(CoverageDay(day, tuple(held), silent))
    return tuple(found)


def _shares(lines: Sequence[PageLine]) -> tuple[ProviderShare, ...]:
    counts = Counter(line.provider for line in lines)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].name))
    return tuple(ProviderShare(provider, pages) for provider, pages in ranked)


def _related(story: Story) -> tuple[PageLine, ...]:
    """Visible pages of other stories that this story's listed articles name."""
    asking = (
        Article.objects.listed()
        .filter(page__story=story)
        .order_by("-quality", "pk")
        .values("pk")[:ASKED]
    )
    named = (
        Page.objects.visible()
        .filter(mentions__article__in=asking)
        .exclude(story=story)
        .select_related("provider")
        .order_by("-quality", "-published_at", "pk")
        .distinct()[:RELATED]
    )
    return tuple(page_line(page) for page in named)
