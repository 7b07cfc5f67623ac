"""Ties in lists go by public id, not by the order in which pages came in.

Stories know the day they began on, for the archive; labels carry what their topic's
list is sorted by; parts say how fast publishers were.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0002_editors_group'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoryProvider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_at', models.DateTimeField(help_text='when its first page was published')),
                ('delay', models.PositiveIntegerField(help_text="seconds from the story's first page to its first; 0: it was first")),
                ('leads', models.BooleanField(default=False)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='page',
            name='page_listed_newest',
        ),
        migrations.RemoveIndex(
            model_name='page',
            name='page_visible_of_provider',
        ),
        migrations.RemoveIndex(
            model_name='page',
            name='page_visible_of_story',
        ),
        migrations.RemoveIndex(
            model_name='story',
            name='story_top',
        ),
        migrations.RemoveIndex(
            model_name='story',
            name='story_latest',
        ),
        migrations.RemoveIndex(
            model_name='story',
            name='story_most_covered',
        ),
        migrations.RemoveIndex(
            model_name='storytopic',
            name='story_topic_latest',
        ),
        migrations.AddField(
            model_name='story',
            name='first_on',
            field=models.DateField(help_text='day of `first_at` in TIME_ZONE', null=True),
        ),
        migrations.AddField(
            model_name='storytopic',
            name='public_id',
            field=models.CharField(default='', help_text="the story's, which breaks ties", max_length=16),
        ),
        migrations.AddIndex(
            model_name='page',
            index=models.Index(condition=models.Q(('is_listed', True)), fields=['-published_at', '-public_id'], name='page_listed_newest'),
        ),
        migrations.AddIndex(
            model_name='page',
            index=models.Index(condition=models.Q(('is_visible', True)), fields=['provider', '-published_at', '-public_id'], name='page_visible_of_provider'),
        ),
        migrations.AddIndex(
            model_name='page',
            index=models.Index(condition=models.Q(('is_visible', True)), fields=['story', '-published_at', '-public_id'], name='page_visible_of_story'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('lead__isnull', False)), fields=['-pinned', '-score', '-public_id'], name='story_top'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('lead__isnull', False)), fields=['-latest_at', '-public_id'], name='story_latest'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('lead__isnull', False)), fields=['-provider_count', '-latest_at', '-public_id'], name='story_most_covered'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('lead__isnull', False)), fields=['first_on', '-score', '-public_id'], name='story_of_day'),
        ),
        migrations.AddIndex(
            model_name='storytopic',
            index=models.Index(fields=['topic', '-latest_at', '-public_id'], name='story_topic_latest'),
        ),
        migrations.AddField(
            model_name='storyprovider',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='articles.provider'),
        ),
        migrations.AddField(
            model_name='storyprovider',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='articles.story'),
        ),
        migrations.AddIndex(
            model_name='storyprovider',
            index=models.Index(fields=['provider', '-first_at', 'delay', 'leads'], name='story_provider_newest'),
        ),
        migrations.AddIndex(
            model_name='storyprovider',
            index=models.Index(fields=['first_at', 'provider', 'delay', 'leads'], name='story_provider_by_time'),
        ),
        migrations.AddConstraint(
            model_name='storyprovider',
            constraint=models.UniqueConstraint(fields=('story', 'provider'), name='story_provider_once'),
        ),
    ]
