"""One event and the coverage of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from articles.rules.text.slug import slug


class StoryQuerySet(models.QuerySet["Story"]):
    """Chainable questions about stories."""

    def listed(self) -> StoryQuerySet:
        """Stories that exist for readers: they have a listed lead."""
        return self.filter(lead__isnull=False)


class Story(models.Model):
    """A cluster of pages about one event; derived, and can always be rebuilt.

    Counts and times are those of the visible pages: what they count, readers
    can see.
    """

    founder = models.OneToOneField(
        "articles.Page", on_delete=models.CASCADE, related_name="founded_story"
    )
    public_id = models.CharField(max_length=16, db_index=True)
    lead = models.ForeignKey(
        "articles.Page", null=True, on_delete=models.SET_NULL, related_name="leads"
    )
    title = models.TextField(
        blank=True, help_text="an editor's; empty: the lead's own is shown"
    )
    pinned = models.BooleanField(default=False)
    pinned_until = models.DateTimeField(
        null=True, help_text="when the pin ends; empty: it does not"
    )
    topics = models.ManyToManyField(
        "articles.Topic", through="articles.StoryTopic", related_name="stories"
    )
    page_count = models.PositiveIntegerField(default=0)
    provider_count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(null=True)
    first_on = models.DateField(null=True, help_text="day of `first_at` in TIME_ZONE")
    tier = models.PositiveSmallIntegerField(default=0, help_text="rules.score.Tier")
    weight = models.FloatField(default=0, help_text="half-lives, whatever its age")
    score = models.FloatField(default=0, help_text="weight and the time of its lead")

    judged = models.BooleanField(
        default=False, help_text="what is suggested about it is up to date"
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes = [
            models.Index(
                fields=["-tier", "-score", "-public_id"],
                condition=Q(lead__isnull=False),
                name="story_top",
            ),
            models.Index(
                fields=["-latest_at", "-public_id"],
                condition=Q(lead__isnull=False),
                name="story_latest",
            ),
            models.Index(
                fields=["-provider_count", "-latest_at", "-public_id"],
                condition=Q(lead__isnull=False),
                name="story_most_covered",
            ),
            models.Index(
                fields=["first_on", "-weight", "-public_id"],
                condition=Q(lead__isnull=False),
                name="story_of_day",
            ),
            models.Index(
                fields=["pinned_until"],
                condition=Q(pinned_until__isnull=False),
                name="story_pin_ends",
            ),
            models.Index(
                fields=["provider_count", "id"],
                condition=Q(lead__isnull=False, judged=False),
                name="story_unjudged",
            ),
        ]

    def __str__(self) -> str:
        return self.title or (self.lead.title if self.lead else self.public_id)

    @property
    def slug(self) -> str:
        """Of the title readers see; the lead must have been selected with the story."""
        return story_slug(self.title, self.lead.title if self.lead else None)


def story_slug(title: str, lead_title: str | None) -> str:
    """The words in the address of a story with this title, or else with this lead."""
    if title or lead_title is None:
        return slug(title, fallback="story")
    return slug(lead_title, fallback="page")


class StoryTopic(models.Model):
    """A listed story under a topic, with the time by which the topic's page sorts."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="labels")
    topic = models.ForeignKey(
        "articles.Topic", on_delete=models.CASCADE, related_name="labelled"
    )
    latest_at = models.DateTimeField()
    public_id = models.CharField(
        max_length=16, default="", help_text="the story's, which breaks ties"
    )
    position = models.PositiveSmallIntegerField(
        default=0,
        help_text="at which its lead names the topic, from 1; 0: another does",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "topic"], name="story_topic_once")
        ]
        indexes = [
            models.Index(
                fields=["topic", "-latest_at", "-public_id"], name="story_topic_latest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} under {self.topic_id}"


class StoryProvider(models.Model):
    """A publisher's share of a listed story that two or more publishers cover.

    Of visible pages only, as all figures of stories.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="parts")
    provider = models.ForeignKey(
        "articles.Provider", on_delete=models.CASCADE, related_name="parts"
    )
    first_at = models.DateTimeField(help_text="when its first page was published")
    delay = models.PositiveIntegerField(
        help_text="seconds from the story's first page to its first; 0: it was first"
    )
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "provider"], name="story_provider_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["provider", "-first_at", "delay", "leads"],
                name="story_provider_newest",
            ),
            models.Index(
                fields=["first_at", "provider", "delay", "leads"],
                name="story_provider_by_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} in {self.story_id}"
