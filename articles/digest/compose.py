"""What a digest holds: the best stories of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from articles.models import Topic
from articles.rendering.cards import StoryCard
from articles.rendering.summaries import TopicName
from articles.rules.text.slug import topic_key
from articles.selectors.archive.edition import Figures, edition

MOST = 30  # stories in one mail


@dataclass(frozen=True, slots=True)
class Digest:
    """Stories that began on a day, the best first, and how many there are in all."""

    day: date
    topic: TopicName | None
    stories: tuple[StoryCard, ...]
    figures: Figures

    @property
    def more(self) -> int:
        return self.figures.stories - len(self.stories)


def compose(day: date, topic: Topic | None = None) -> Digest | None:
    """The digest of a day, of one topic where that is given; None without a story."""
    found = edition(day, topic=topic, size=MOST)
    if found is None:
        return None
    return Digest(
        day=day,
        topic=TopicName(topic.name, topic.slug) if topic else None,
        stories=tuple(card.shape for card in found.stories.cards),
        figures=found.figures,
    )


def topic_called(text: str) -> Topic | None:
    """The topic with this slug, else with this name, however it is cased."""
    return (
        Topic.objects.filter(slug=text).first()
        or Topic.objects.filter(key=topic_key(text)).first()
    )
