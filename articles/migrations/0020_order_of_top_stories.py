"""Top stories go by tier, then by a score in half-lives; editions by weight alone.

All stories get theirs here, some at a time. The rule is the present one: after a change
of it, or of the setting, `manage.py recount` stores the order again.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from articles.rules.score import score, tier, weight

AT_ONCE = 1000


def rank_all(apps: Any, schema_editor: Any) -> None:
    Story = apps.get_model("articles", "Story")
    last = 0
    while True:
        listed = Story.objects.filter(pk__gt=last).exclude(lead=None)
        some = list(listed.select_related("lead").order_by("pk")[:AT_ONCE])
        if not some:
            return
        for story in some:
            story.tier = tier(story.provider_count, pinned=story.pinned)
            story.weight = weight(story.lead.quality, story.provider_count)
            story.score = score(
                story.weight, story.lead.published_at, half_life=settings.HALF_LIFE
            )
        Story.objects.bulk_update(some, ["tier", "weight", "score"], batch_size=100)
        last = some[-1].pk


def place_topics(apps: Any, schema_editor: Any) -> None:
    """Where the leads of stories name their topics: the last is a card's kicker."""
    ArticleTopic = apps.get_model("articles", "ArticleTopic")
    StoryTopic = apps.get_model("articles", "StoryTopic")
    named = ArticleTopic.objects.filter(
        topic=OuterRef("topic"), article__shown_on__leads=OuterRef("story")
    )
    place = Subquery(named.values("position")[:1])
    StoryTopic.objects.update(position=Coalesce(place + 1, 0))


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_find_pages_by_quality")]

    operations = [
        migrations.AddField(
            model_name="story",
            name="tier",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="rules.score.Tier"
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="weight",
            field=models.FloatField(default=0, help_text="half-lives, whatever its age"),
        ),
        migrations.AlterField(
            model_name="story",
            name="score",
            field=models.FloatField(
                default=0, help_text="weight and the time of its lead"
            ),
        ),
        migrations.AddField(
            model_name="storytopic",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="at which its lead names the topic, from 1; 0: another does",
            ),
        ),
        migrations.RemoveIndex(model_name="story", name="story_top"),
        migrations.RemoveIndex(model_name="story", name="story_of_day"),
        migrations.RunPython(rank_all, migrations.RunPython.noop),
        migrations.RunPython(place_topics, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                fields=["-tier", "-score", "-public_id"],
                condition=models.Q(lead__isnull=False),
                name="story_top",
            ),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                fields=["first_on", "-weight", "-public_id"],
                condition=models.Q(lead__isnull=False),
                name="story_of_day",
            ),
        ),
    ]
