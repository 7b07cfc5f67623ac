"""Counts that pages show are kept, and filled from what a site holds.

Rows are counted by the database, for one topic or publisher after the other, and
written some at a time. The publishers of each day's edition are counted when the
page is asked for, until the next settling counts them.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count, Max, Sum
from django.db.models.functions import TruncDate

AT_ONCE = 500
TOTALS = 1


def count_days(apps: Any, schema_editor: Any) -> None:
    """The stories of each day, and of the site."""
    Day, Story, Totals = models_of(apps, "Day", "Story", "Totals")
    listed = Story.objects.exclude(lead=None)
    days = listed.exclude(first_on=None).order_by().values_list("first_on")
    rows = days.annotate(Count("pk"), Sum("page_count")).iterator(AT_ONCE)
    Day.objects.bulk_create(
        (
            Day(first_on=on, story_count=stories, page_count=pages)
            for on, stories, pages in rows
        ),
        batch_size=AT_ONCE,
    )
    found = listed.aggregate(story_count=Count("pk"), newest_at=Max("latest_at"))
    if found["story_count"]:
        Totals.objects.create(pk=TOTALS, **found)


def count_topics(apps: Any, schema_editor: Any) -> None:
    Label, Topic, TopicDay = models_of(apps, "StoryTopic", "Topic", "TopicDay")
    for topic in Topic.objects.order_by("pk").iterator(AT_ONCE):
        labels = Label.objects.filter(topic=topic).order_by()
        by_day = numbers(labels, "latest_at")
        TopicDay.objects.bulk_create(
            (TopicDay(topic=topic, day=day, number=held) for day, held in by_day),
            batch_size=AT_ONCE,
        )
        topic.story_count = sum(held for _, held in by_day)
        topic.newest_at = labels.aggregate(at=Max("latest_at"))["at"]
        topic.save(update_fields=["story_count", "newest_at"])


def count_providers(apps: Any, schema_editor: Any) -> None:
    Page, Provider, ProviderDay = models_of(apps, "Page", "Provider", "ProviderDay")
    for provider in Provider.objects.order_by("pk").iterator(AT_ONCE):
        pages = Page.objects.filter(provider=provider, is_visible=True).order_by()
        by_day = numbers(pages, "published_at")
        ProviderDay.objects.bulk_create(
            (
                ProviderDay(provider=provider, day=day, number=held)
                for day, held in by_day
            ),
            batch_size=AT_ONCE,
        )
        provider.page_count = sum(held for _, held in by_day)
        provider.newest_at = pages.aggregate(at=Max("published_at"))["at"]
        provider.save(update_fields=["page_count", "newest_at"])


def models_of(apps: Any, *names: str) -> list[Any]:
    return [apps.get_model("articles", name) for name in names]


def numbers(rows: Any, at: str) -> list[Any]:
    """How many rows there are on each day in the site's zone."""
    by_day = rows.annotate(day=TruncDate(at)).values_list("day")
    return list(by_day.annotate(Count("pk")))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0016_publication_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Totals',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story_count', models.IntegerField(default=0, help_text='listed stories')),
                ('newest_at', models.DateTimeField(help_text='newest coverage of any listed story', null=True)),
            ],
            options={
                'verbose_name_plural': 'totals',
            },
        ),
        migrations.AddField(
            model_name='provider',
            name='newest_at',
            field=models.DateTimeField(help_text='when the newest came out', null=True),
        ),
        migrations.AddField(
            model_name='provider',
            name='page_count',
            field=models.IntegerField(default=0, help_text='visible pages'),
        ),
        migrations.AddField(
            model_name='topic',
            name='newest_at',
            field=models.DateTimeField(help_text='newest coverage of these', null=True),
        ),
        migrations.AddField(
            model_name='topic',
            name='story_count',
            field=models.IntegerField(default=0, help_text='listed stories under it'),
        ),
        migrations.CreateModel(
            name='Day',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField(unique=True)),
                ('story_count', models.IntegerField(default=0)),
                ('page_count', models.IntegerField(default=0, help_text='visible pages of these')),
                ('provider_count', models.IntegerField(help_text='of these pages; empty: not counted since it changed', null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('provider_count', None)), fields=['first_on'], name='day_uncounted')],
            },
        ),
        migrations.CreateModel(
            name='ProviderDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('number', models.IntegerField(default=0)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='articles.provider', db_index=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('provider', 'day'), name='provider_day_once')],
            },
        ),
        migrations.CreateModel(
            name='TopicDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('number', models.IntegerField(default=0)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='articles.topic', db_index=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'day'), name='topic_day_once')],
            },
        ),
        *(
            migrations.RunPython(fill, migrations.RunPython.noop)
            for fill in (count_days, count_topics, count_providers)
        ),
    ]
