"""Stories that wait at the desk are kept, as what they would be if they were published.

The queue is filled here, some stories at a time. Where an editor chose who is to lead a
story, its articles are marked: the next settling looks at the choice.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from articles.rules.score import score, tier, weight

AT_ONCE = 400
STANDING = 1  # how stale a page is of which it is not certain who may see it
WAITS = Q(article__decided=None, article__published=False) & ~Q(
    article__drop_published=True, article__drop_removed=False
)


def fill(apps: Any, schema_editor: Any) -> None:
    Page, Story, Queued = (
        apps.get_model("articles", name) for name in ("Page", "Story", "QueuedStory")
    )
    last = 0
    while True:
        unlisted = Story.objects.filter(pk__gt=last, lead=None).order_by("pk")
        some = list(unlisted[:AT_ONCE])
        if not some:
            break
        held = [story.pk for story in some]
        waiting = by_story(Page.objects.filter(WAITS, story__in=held))
        best = {
            story: min(pages, key=leading) for story, pages in waiting.items() if pages
        }
        members = by_story(Page.objects.filter(story__in=list(best)))
        named = lists_of(apps, best.values())
        Queued.objects.bulk_create(
            queued(Queued, story, best[story.pk], waiting, members, named)
            for story in some
            if story.pk in best
        )
        last = some[-1].pk
    mark_chosen(apps)


def mark_chosen(apps: Any) -> None:
    Decision, Page = (apps.get_model("articles", name) for name in ("Decision", "Page"))
    chosen = Decision.objects.filter(kind="lead", undone_at=None)
    pages = Page.objects.filter(canonical_url__in=chosen.values("canonical_url"))
    pages.filter(stale=0).update(stale=STANDING)


def by_story(pages: Any) -> dict[int, list[Any]]:
    """Pages by story, as far as the queue looks at them."""
    found: dict[int, list[Any]] = defaultdict(list)
    fields = (
        "canonical_url",
        "published_at",
        "quality",
        "provider",
        "article",
        "story",
        "is_visible",
        "is_withdrawn",
    )
    for page in pages.exclude(published_at=None).only(*fields):
        found[page.story_id].append(page)
    return found


def lists_of(apps: Any, pages: Any) -> dict[int, set[int]]:
    """The pages that the lists of these pages' articles name, by article."""
    named: dict[int, set[int]] = defaultdict(set)
    mentions = apps.get_model("articles", "Mention").objects
    rows = mentions.filter(article__in=[page.article_id for page in pages])
    for article, page in rows.values_list("article", "page"):
        named[article].add(page)
    return named


def leading(page: Any) -> tuple[Any, ...]:
    return -(page.quality or 0), page.published_at, page.canonical_url


def queued(
    Queued: Any, story: Any, best: Any, waiting: Any, members: Any, named: Any
) -> Any:
    seen = [
        page
        for page in members[story.pk]
        if page.pk == best.pk
        or not page.is_withdrawn
        and (page.is_visible or page.pk in named[best.article_id])
    ]
    providers = len({page.provider_id for page in seen})
    worth = weight(best.quality, providers)
    return Queued(
        story_id=story.pk,
        best_id=best.pk,
        public_id=story.public_id,
        waiting=len(waiting[story.pk]),
        newest_at=max(page.published_at for page in waiting[story.pk]),
        page_count=len(seen),
        provider_count=providers,
        tier=tier(providers, pinned=story.pinned),
        weight=worth,
        score=score(worth, best.published_at, half_life=settings.HALF_LIFE),
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0028_desk_list")]

    operations = [
        migrations.CreateModel(
            name="QueuedStory",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="queued",
                        serialize=False,
                        to="articles.story",
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        help_text="the story's, which breaks ties", max_length=16
                    ),
                ),
                (
                    "waiting",
                    models.PositiveIntegerField(help_text="articles that wait"),
                ),
                (
                    "newest_at",
                    models.DateTimeField(help_text="time of the newest of them"),
                ),
                ("page_count", models.PositiveIntegerField()),
                ("provider_count", models.PositiveIntegerField()),
                (
                    "tier",
                    models.PositiveSmallIntegerField(help_text="rules.score.Tier"),
                ),
                ("weight", models.FloatField()),
                ("score", models.FloatField()),
                (
                    "best",
                    models.ForeignKey(
                        help_text="the article that would lead it",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "story that waits",
                "verbose_name_plural": "stories that wait",
                "indexes": [
                    models.Index(
                        fields=["-tier", "-score", "-public_id"], name="queue_top"
                    ),
                    models.Index(
                        fields=["-newest_at", "-public_id"], name="queue_newest"
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
