"""What splits and merges have in common when they are suggested."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from articles.models import Story, Suggestion
from articles.models.bulk import among

SEVERAL = 2  # publishers of a story that is worth an editor's time
NAMED = 5  # words that say why
HOUR = 3600
FIGURES = ("judged", "page_count", "provider_count", "first_at", "latest_at")


@dataclass(frozen=True, slots=True)
class Found:
    """A suggestion, and the pages of its two parts."""

    row: Suggestion
    parts: tuple[Collection[int], Collection[int]]


def listed_stories(pks: Iterable[int]) -> dict[int, Story]:
    """Those of the stories that readers see, as far as suggestions look at them."""
    listed = Story.objects.listed().filter(pk__in=among(pks)).only(*FIGURES)
    return {story.pk: story for story in listed}
