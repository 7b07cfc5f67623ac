"""The list of stories: its columns in words, and what it can be narrowed to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import localtime

from articles.models import Story
from articles.selectors.desk.story import called


class ListedFilter(admin.SimpleListFilter):
    title = "readers"
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "have it"), ("no", "do not have it")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Story]
    ) -> QuerySet[Story]:
        if self.value() == "yes":
            return queryset.exclude(lead=None)
        return queryset.filter(lead=None) if self.value() == "no" else queryset


class StoryColumns:
    """What the list says of each story."""

    @admin.display(description="story")
    def called(self, story: Story) -> str:
        return called(story)

    @admin.display(description="publishers", ordering="provider_count")
    def publishers(self, story: Story) -> int:
        return story.provider_count

    @admin.display(description="articles", ordering="page_count")
    def articles(self, story: Story) -> int:
        return story.page_count

    @admin.display(description="newest article", ordering="latest_at")
    def newest(self, story: Story) -> str:
        at = story.latest_at
        return f"{localtime(at):%-d %b %Y, %H:%M}" if at else ""

    @admin.display(description="top stories", ordering="score")
    def place(self, story: Story) -> str:
        """What its place comes from: a pin, or the score that lists go by."""
        if story.lead_id is None:
            return "readers do not see it"
        if not story.pinned:
            return f"score {story.score:.1f}"
        end = story.pinned_until
        return f"pinned until {localtime(end):%-d %b, %H:%M}" if end else "pinned"
