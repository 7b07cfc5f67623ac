"""Filters and their counts the plain way: every row, one condition after the other.

Written from the words of the rules, and shares nothing with the site's own filters but
the rows of the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from articles.models import ArticleTopic, Page, Provider, Story, StoryTopic, Topic

State = Mapping[str, list[str]]
STEPS = ("2", "3", "5", "10")


@dataclass(frozen=True)
class Row:
    """A visible page, with what its story says."""

    pk: int
    story: int | None  # only one that readers have
    provider: str
    published_on: date
    type: str
    quality: int | None
    picture: bool
    publishers: int
    topics: frozenset[str]  # of the story, else of the article

    @property
    def counts_as(self) -> tuple[str, int]:
        return ("story", self.story) if self.story else ("page", self.pk)


def rows() -> list[Row]:
    """Every visible page of the database."""
    slugs = dict(Topic.objects.values_list("pk", "slug"))
    domains = dict(Provider.objects.values_list("pk", "domain"))
    of_story, of_article = defaultdict(set), defaultdict(set)
    for story, topic in StoryTopic.objects.values_list("story", "topic"):
        of_story[story].add(slugs[topic])
    for article, topic in ArticleTopic.objects.values_list("article", "topic"):
        of_article[article].add(slugs[topic])
    stories = {story["id"]: story for story in Story.objects.values()}
    found = []
    for page in Page.objects.values():
        if not page["is_visible"]:
            continue
        story: dict[str, Any] = stories.get(page["story_id"]) or {}
        listed = bool(story and story["lead_id"])
        topics = of_story[story["id"]] if listed else of_article[page["article_id"]]
        found.append(
            Row(
                pk=page["id"],
                story=story["id"] if listed else None,
                provider=domains[page["provider_id"]],
                published_on=page["published_at"].astimezone(UTC).date(),
                type=page["type"],
                quality=page["quality"],
                picture=page["image_url"][:8] == "https://",
                publishers=story["provider_count"] if listed else 0,
                topics=frozenset(topics),
            )
        )
    return found


def left(
    all_rows: list[Row], state: State, *, alone: bool, with_words: set[int] | None
) -> set[tuple[str, int]]:
    """The stories, and pages that stand alone, which meet all of a state."""
    return {
        row.counts_as
        for row in meeting(all_rows, state, alone=alone, with_words=with_words)
    }


def meeting(
    all_rows: list[Row], state: State, *, alone: bool, with_words: set[int] | None
) -> list[Row]:
    """The pages that meet all of a state."""
    return [
        row
        for row in all_rows
        if (alone or row.story)
        and (with_words is None or row.pk in with_words)
        and all(meets(row, name, values) for name, values in state.items())
    ]


def meets(row: Row, name: str, values: list[str]) -> bool:
    last = values[-1]
    match name:
        case "topic":
            return any(value in row.topics for value in values)
        case "provider":
            return row.provider in values
        case "since":
            return row.published_on >= _day(last)
        case "until":
            return row.published_on <= _day(last)
        case "min_quality":
            return row.quality is not None and row.quality >= int(last)
        case "type":
            return row.type == last
        case "has_image":
            return row.picture
        case "coverage":
            return row.story is not None and row.publishers >= int(last)
    return True  # words, sort


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
