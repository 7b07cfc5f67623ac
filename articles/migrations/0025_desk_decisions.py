"""Editors set words, pictures and topics, plan, and say where they decided."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0024_lines_and_glances'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='drop_topics',
            field=models.JSONField(help_text="the drop's, as names, where an editor set others; else its labels", null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='address',
            field=models.CharField(blank=True, help_text='the network address it came from', max_length=45),
        ),
        migrations.AddField(
            model_name='decision',
            name='due_at',
            field=models.DateTimeField(help_text='when it is to be carried out; empty once it was', null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='place',
            field=models.CharField(blank=True, help_text='where it was made: a page of the desk', max_length=40),
        ),
        migrations.AddField(
            model_name='page',
            name='drop_excerpt',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='page',
            name='drop_title',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='publication',
            name='next_due',
            field=models.BigIntegerField(default=0, help_text='when a pin ends or an article is due, in Unix time; or 0'),
        ),
        migrations.AddField(
            model_name='story',
            name='pinned_until',
            field=models.DateTimeField(help_text='when the pin ends; empty: it does not', null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='kind',
            field=models.CharField(choices=[('publish', 'publish'), ('withdraw', 'withdraw'), ('merge', 'in one story with'), ('split', 'not in one story with'), ('lead', 'lead of its story'), ('title', 'title of its story'), ('pin', 'pin its story'), ('unpin', 'unpin its story'), ('address', 'address of its story'), ('dismiss', 'dismiss a suggestion'), ('headline', 'title of the article'), ('excerpt', 'excerpt of the article'), ('picture', 'picture of the article'), ('topics', 'topics of the article'), ('note', 'note about its story'), ('publish_at', 'publish at a time'), ('set_aside', 'set aside a version'), ('reinstate', 'reinstate a version'), ('forget', 'forget a version')], max_length=20),
        ),
        migrations.AlterField(
            model_name='decision',
            name='value',
            field=models.TextField(blank=True, help_text="a title; a story's public id; a suggestion's key; when a pin ends or an article is published; an editor's words, picture or topics in JSON"),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='decision_due'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('pinned_until__isnull', False)), fields=['pinned_until'], name='story_pin_ends'),
        ),
    ]
