"""Who was first in a story, and how long after the others came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from articles.models import Page, Story, StoryProvider
from articles.models.bulk import among, insert_rows

FIELDS = ("story_id", "provider_id", "first_at", "delay", "leads")
# An editor may join what a century parts, and the column ends after 68 years.
LONGEST = 2**31 - 1  # seconds

Share = tuple[int, int, datetime, int, bool]


def store_provider_shares(
    stories: Sequence[Story], members: Mapping[int, Sequence[Page]]
) -> int:
    """Write the publishers' shares in shared, listed stories; return rows changed.

    `members` has all pages of each story; only visible ones count.
    """
    wanted = {
        share
        for story in stories
        if story.lead_id and story.provider_count > 1
        for share in _shares(story, members[story.pk])
    }
    rows = StoryProvider.objects.filter(story__in=among(story.pk for story in stories))
    held = {tuple(share): pk for pk, *share in rows.values_list("pk", *FIELDS)}
    gone = [pk for share, pk in held.items() if share not in wanted]
    new = sorted(wanted - held.keys(), key=lambda share: share[:2])
    StoryProvider.objects.filter(pk__in=among(gone)).delete()
    insert_rows(StoryProvider, FIELDS, new)
    return len(gone) + len(new)


def _shares(story: Story, members: Sequence[Page]) -> Iterator[Share]:
    assert story.first_at is not None
    firsts: dict[int, datetime] = {}
    for page in members:
        if page.is_visible and page.published_at and page.provider_id:
            at = firsts.get(page.provider_id, page.published_at)
            firsts[page.provider_id] = min(at, page.published_at)
    (leading,) = {page.provider_id for page in members if page.pk == story.lead_id}
    for provider, at in firsts.items():
        delay = min(int((at - story.first_at).total_seconds()), LONGEST)
        yield story.pk, provider, at, delay, provider == leading
