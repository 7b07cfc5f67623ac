"""What stories show of themselves: lead, counts, times, score, topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from articles.library.decisions import Choices, choices
from articles.models import Page, Story, StoryTopic
from articles.models.bulk import among, chunks, save_fields

from . import rendered
from .due import keep_next_due
from .providers import store_provider_shares
from .queue import keep_queue, leading, members_of
from .rank import rank
from .topics import label
from .work import Work

Value = TypeVar("Value")

ROUND = 400  # stories worked on together
FIGURES = (
    "public_id",
    "lead_id",
    "title",
    "pinned",
    "pinned_until",
    "page_count",
    "provider_count",
    "first_at",
    "latest_at",
    "first_on",
    "tier",
    "weight",
    "score",
)


def refresh(story_ids: Iterable[int], work: Work) -> int:
    """Bring the figures of stories up to date; return how many rows changed.

    Only visible pages count. Stories that no page is left in are deleted. What was
    rendered of the others goes, whatever changed of them. What that changes of kept
    counts, and whether readers get something else, is noted in `work`.
    """
    return sum(_refresh(some, work) for some in chunks(sorted(story_ids), ROUND))


def _refresh(some: Sequence[int], work: Work) -> int:
    stories = list(Story.objects.filter(pk__in=among(some)).select_related("founder"))
    listed = {story.pk for story in stories if story.lead_id}
    titled = _titled(stories)
    work.counts.stories(stories, -1)
    members = members_of(some)
    chosen = choices(page.pk for held in members.values() for page in held)
    empty = [story.pk for story in stories if story.pk not in members]
    work.counts.labels(StoryTopic.objects.filter(story__in=among(empty)), -1)
    Story.objects.filter(pk__in=among(empty)).delete()
    kept = [story for story in stories if story.pk in members]
    ends = {story.pinned_until for story in stories}
    behind = [
        story
        for story in kept
        if _refreshed(story, members[story.pk], chosen, now=work.now)
    ]
    save_fields(behind, FIGURES)
    if ends | {story.pinned_until for story in kept} != {None}:
        keep_next_due()
    work.titled |= {page for page, _ in titled ^ _titled(kept)}
    work.counts.stories(kept, 1)
    rows = label(kept, work.counts) + store_provider_shares(kept, members)
    keep_queue(kept, members, chosen)
    told = any(story.lead_id or story.pk in listed for story in behind)
    work.published = (
        work.published or told or bool(rows) or not listed.isdisjoint(empty)
    )
    rendered.empty(kept)
    return len(behind) + len(empty) + rows


def _titled(stories: Iterable[Story]) -> set[tuple[int, str]]:
    """The pages that lead under an editor's title, each with it."""
    return {(one.lead_id, one.title) for one in stories if one.lead_id and one.title}


def lead_of(pages: Iterable[Page], chosen: Mapping[int, int]) -> Page | None:
    """The page that speaks for a story: only a listed one.

    The one an editor chose last, else of best quality, then earliest, then by URL.
    `chosen` has the serials of what editors chose, by page.
    """
    return min(
        (page for page in pages if page.is_listed),
        key=lambda page: leading(page, chosen),
        default=None,
    )


def _refreshed(
    story: Story, members: Sequence[Page], chosen: Choices, *, now: datetime
) -> bool:
    """Set the figures in memory; say whether any is new."""
    before = [getattr(story, field) for field in FIGURES]
    seen = [page for page in members if page.is_visible]
    lead = lead_of(seen, chosen.leads)
    times = [page.published_at for page in seen if page.published_at]
    story.public_id = chosen.address(story.founder, members)
    story.lead_id = lead.pk if lead else None
    # A title or pin was laid down for the event, whichever of its pages it named.
    story.title = _latest(chosen.titles, members, "")
    pin = _latest(chosen.pins, members, None)
    story.pinned = pin is not None and pin.holds(now)
    story.pinned_until = pin.until if pin and story.pinned else None
    story.page_count = len(seen)
    story.provider_count = len({page.provider_id for page in seen})
    story.first_at = min(times, default=None)
    story.latest_at = max(times, default=None)
    story.first_on = timezone.localdate(story.first_at) if story.first_at else None
    rank(story, lead)
    return before != [getattr(story, field) for field in FIGURES]


def _latest(
    made: Mapping[int, tuple[int, Value]], members: Iterable[Page], default: Value
) -> Value:
    found = [made[page.pk] for page in members if page.pk in made]
    return max(found, key=lambda one: one[0])[1] if found else default
