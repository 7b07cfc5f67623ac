"""Which topics a story stands under: those of its listed articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from articles.models import ArticleTopic, Story, StoryTopic
from articles.models.bulk import among, create_rows, save_fields

from .counts import Counts

COPIED = ("latest_at", "public_id")


def label(stories: Sequence[Story], counts: Counts) -> int:
    """Put listed stories under their topics; return how many rows changed."""
    listed = {story.pk: story for story in stories if story.lead_id}
    wanted = _wanted(listed.keys())
    held = {
        (one.story_id, one.topic_id): one
        for one in StoryTopic.objects.filter(
            story__in=among(story.pk for story in stories)
        )
    }
    gone = [one for pair, one in held.items() if pair not in wanted]
    StoryTopic.objects.filter(pk__in=among(one.pk for one in gone)).delete()
    new = [
        _told(StoryTopic(story_id=story, topic_id=topic), listed[story], position)
        for (story, topic), position in sorted(wanted.items())
        if (story, topic) not in held
    ]
    create_rows(new)
    behind = [
        one
        for pair, one in held.items()
        if pair in wanted and _differs(one, listed[pair[0]], wanted[pair])
    ]
    counts.labels([*gone, *behind], -1)
    for one in behind:
        _told(one, listed[one.story_id], wanted[one.story_id, one.topic_id])
    counts.labels([*new, *behind], 1)
    save_fields(behind, (*COPIED, "position"))
    return len(gone) + len(new) + len(behind)


def _wanted(listed: Iterable[int]) -> dict[tuple[int, int], int]:
    """By story and topic, at which position the story's lead names it; else 0."""
    rows = ArticleTopic.objects.filter(
        article__shown_on__story__in=among(listed),
        article__shown_on__is_listed=True,
    ).values_list(
        "article__shown_on__story", "topic", "position", "article__shown_on__leads"
    )
    found: dict[tuple[int, int], int] = {}
    for story, topic, position, led in rows:
        at = position + 1 if led == story else 0
        found[story, topic] = max(at, found.get((story, topic), 0))
    return found


def _differs(one: StoryTopic, story: Story, position: int) -> bool:
    return one.position != position or any(
        getattr(one, name) != getattr(story, name) for name in COPIED
    )


def _told(one: StoryTopic, story: Story, position: int) -> StoryTopic:
    """The label with what is copied from its story so that lists need no join."""
    one.position = position
    for name in COPIED:
        setattr(one, name, getattr(story, name))
    return one
