"""A story as a card: what happened, who reports it, why it stands here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from articles.clustering import fold_reprints
from articles.drawing.coverage_strip import Mark, Strip, coverage_strip
from articles.library.pages import cluster_page
from articles.models import Page, Story, StoryTopic
from articles.models.story import story_slug
from articles.rules.phrasing import counted
from articles.rules.reasons import why_here
from articles.rules.text.sentence import first_sentence

from .summaries import PageSummary, TopicName, page_summary

OTHERS = 5
NAMES = 3  # of other publishers, in view
WIDELY_COVERED = 3  # publishers, from which on a story is shown larger


@dataclass(frozen=True, slots=True)
class StoryCard:
    """One listed story. Counts are of visible pages; `others` leave out the lead."""

    id: str
    slug: str
    title: str  # an editor's, else the lead's
    pinned: bool
    lead: PageSummary
    pictured: PageSummary | None  # whose picture is shown: the lead's, else the best
    sentence: str  # of the lead's excerpt, the first
    newest: PageSummary | None  # what came last, unless that is the lead
    others: tuple[PageSummary, ...]  # up to 5 headlines, distinct providers first
    more: int  # visible pages beyond the lead and `others`
    page_count: int
    provider_count: int
    first_at: datetime
    latest_at: datetime
    topics: tuple[TopicName, ...]  # the most telling first
    why: str  # why it stands where it stands in lists, in sentences
    strip: Strip

    @property
    def size(self) -> str:
        """How large a card is among others, by how many report it."""
        if self.provider_count >= WIDELY_COVERED:
            return "major"
        return "minor" if self.provider_count > 1 else "alone"

    @property
    def names(self) -> tuple[str, ...]:
        """Other publishers, those of the best headlines first; `NAMES` at the most."""
        names = dict.fromkeys(
            page.provider.name
            for page in self.others
            if page.provider.domain != self.lead.provider.domain
        )
        return tuple(names)[:NAMES]

    @property
    def more_names(self) -> int:
        """How many publishers there are besides the lead's and the `names`.

        Publishers of one name are named together.
        """
        named = {
            page.provider.domain
            for page in self.others
            if page.provider.name in self.names
        }
        return self.provider_count - len(named | {self.lead.provider.domain})

    @property
    def apart(self) -> str:
        """Of which days the lead is not, as classes: the newest, the first."""
        day = timezone.localdate(self.lead.published_at)
        latest = timezone.localdate(self.latest_at) == day
        first = timezone.localdate(self.first_at) == day
        return " ".join(["not-latest"] * (not latest) + ["not-first"] * (not first))


def story_card(
    story: Story, coverage: Sequence[PageSummary], topics: tuple[TopicName, ...]
) -> StoryCard:
    """Shape one story from its visible pages, earliest first."""
    lead = next(page for page in coverage if page.is_lead)
    rest = _other_headlines(lead, coverage)
    others = rest[:OTHERS]
    assert story.first_at is not None and story.latest_at is not None
    return StoryCard(
        id=story.public_id,
        slug=story_slug(story.title, lead.title),
        title=story.title or lead.title,
        pinned=story.pinned,
        lead=lead,
        pictured=_pictured(lead, rest),
        sentence=first_sentence(lead.excerpt),
        newest=None if coverage[-1].is_lead else coverage[-1],
        others=others,
        more=len(coverage) - 1 - len(others),
        page_count=story.page_count,
        provider_count=story.provider_count,
        first_at=story.first_at,
        latest_at=story.latest_at,
        topics=topics,
        why=why_here(
            lead.quality,
            story.provider_count,
            timezone.localdate(lead.published_at),
            timezone.localdate(story.latest_at),
            pinned=story.pinned,
            half_life=settings.HALF_LIFE,
        ),
        strip=strip_of(coverage),
    )


def coverage_pages(stories: Iterable[Story]) -> dict[int, list[Page]]:
    """Visible pages of each story, earliest first, their providers with them."""
    pages = (
        Page.objects.visible()
        .filter(story__in=[story.pk for story in stories])
        .select_related("provider")
    )
    found: dict[int, list[Page]] = defaultdict(list)
    for page in pages:
        assert page.story_id is not None
        found[page.story_id].append(page)
    # Few for each story, and sorted here: no index has them in this order.
    for members in found.values():
        members.sort(key=_by_time)
    return found


def page_summaries(pages: Sequence[Page], *, lead_id: int | None) -> list[PageSummary]:
    """Shape a story's pages, earliest first, reprints of one text marked."""
    first = {page.canonical_url: page.public_id for page in pages}
    text_of: dict[str, str] = {}
    for keys in fold_reprints(map(cluster_page, pages)) if len(pages) > 1 else ():
        text_of |= dict.fromkeys(keys[1:], first[keys[0]])
    return [
        page_summary(page, lead_id=lead_id, text_of=text_of.get(page.canonical_url, ""))
        for page in pages
    ]


def topics_of(stories: Iterable[Story]) -> dict[int, tuple[TopicName, ...]]:
    """Topics of each story, those of its lead first, from its last to its first.

    Drops begin with the broad ones, which half of the site may share. The others
    follow in the order of their names.
    """
    labels = StoryTopic.objects.filter(
        story__in=[story.pk for story in stories]
    ).select_related("topic")
    found: dict[int, list[TopicName]] = defaultdict(list)
    for label in sorted(labels, key=lambda one: (-one.position, one.topic.key)):
        found[label.story_id].append(TopicName(label.topic.name, label.topic.slug))
    return {story: tuple(topics) for story, topics in found.items()}


def strip_of(coverage: Sequence[PageSummary]) -> Strip:
    """The coverage strip of visible pages, earliest first."""
    first, last = coverage[0].published_at, coverage[-1].published_at
    days = (last - first).days
    span = "within a day" if days < 1 else f"over {days + 1} days"
    marks = [Mark(page.published_at, page.kind) for page in coverage]
    return coverage_strip(marks, label=f"{counted(len(coverage), 'article')} {span}")


def _pictured(lead: PageSummary, rest: Sequence[PageSummary]) -> PageSummary | None:
    """The lead if it has a picture, else the best of the others that has one."""
    return next((page for page in (lead, *rest) if page.picture), None)


def _by_time(page: Page) -> tuple[datetime, str]:
    assert page.published_at is not None
    return page.published_at, page.canonical_url


def _other_headlines(
    lead: PageSummary, coverage: Sequence[PageSummary]
) -> tuple[PageSummary, ...]:
    """The other headlines: new voices before reprints and second helpings."""
    chosen: list[PageSummary] = []
    repeating: list[PageSummary] = []
    voices = {lead.provider.domain}
    rest = [page for page in coverage if not page.is_lead]
    rest.sort(key=lambda page: (page.is_reprint, -(page.quality or 0), page.url))
    for page in rest:
        fresh = page.provider.domain not in voices and not page.is_reprint
        (chosen if fresh else repeating).append(page)
        voices.add(page.provider.domain)
    return (*chosen, *repeating)
