"""Where stories stand among top stories, and storing that again."""

from __future__ import annotations

from django.conf import settings

from articles.models import Page, Story
from articles.models.bulk import save_fields
from articles.models.publication import move_publication
from articles.models.writing import reading, writing
from articles.rules.score import Tier, score, tier, weight

AT_ONCE = 1000  # stories in one transaction
PLACE = ("tier", "weight", "score")


def rank(story: Story, lead: Page | None) -> None:
    """Set a story's place in lists of top stories, from its counts and its lead."""
    story.tier, story.weight, story.score = Tier.ALONE, 0.0, 0.0
    if lead and lead.published_at:
        story.tier = tier(story.provider_count, pinned=story.pinned)
        story.weight = weight(lead.quality, story.provider_count)
        story.score = score(
            story.weight, lead.published_at, half_life=settings.HALF_LIFE
        )


def rank_again(*, mend: bool) -> int:
    """How many stories stand elsewhere than by today's rule and half-life.

    `mend` stores where they stand. In parts, so that nobody waits for long.
    """
    wrong, after = 0, 0
    while True:
        with (writing if mend else reading)():
            some, moved = _ranked(after)
            if mend and moved:
                save_fields(moved, PLACE)
                move_publication()
        if not some:
            return wrong
        wrong += len(moved)
        after = some[-1].pk


def _ranked(after: int) -> tuple[list[Story], list[Story]]:
    """The next stories, ranked in memory; and those of them that moved."""
    listed = Story.objects.listed().filter(pk__gt=after).select_related("lead")
    some = list(listed.order_by("pk")[:AT_ONCE])
    before = [_place(story) for story in some]
    for story in some:
        rank(story, story.lead)
    return some, [
        story
        for story, place in zip(some, before, strict=True)
        if _place(story) != place
    ]


def _place(story: Story) -> tuple[float, ...]:
    return tuple(getattr(story, field) for field in PLACE)
