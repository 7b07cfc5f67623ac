"""Lines of dense lists, and what lists arrange cards by, are kept with the cards.

The table is made anew, so that the short columns stand first in its rows. They are
empty: `settle` fills them, and until then readers get the same, rendered for them.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

ROWS = """
    INSERT INTO articles_renderedstory
        (story_id, made_by, glance, dense, card, shape, body)
    SELECT id, '', '', '', '', '', '' FROM articles_story WHERE lead_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_linked_articles")]

    operations = [
        migrations.DeleteModel(name="RenderedStory"),
        migrations.CreateModel(
            name="RenderedStory",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="rendered",
                        serialize=False,
                        to="articles.story",
                    ),
                ),
                (
                    "made_by",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        help_text="word for the templates, code and settings; empty: "
                        "not rendered",
                        max_length=40,
                    ),
                ),
                (
                    "glance",
                    models.TextField(
                        blank=True,
                        help_text="what lists arrange the card by, in JSON",
                    ),
                ),
                (
                    "dense",
                    models.TextField(
                        blank=True,
                        help_text="HTML of the card in dense lists",
                    ),
                ),
                (
                    "card",
                    models.TextField(blank=True, help_text="HTML of the card in lists"),
                ),
                (
                    "shape",
                    models.TextField(
                        blank=True, help_text="the card as values, in JSON"
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="HTML of the story's page; empty where it is made "
                        "from the shape",
                    ),
                ),
            ],
            options={"verbose_name_plural": "rendered stories"},
        ),
        migrations.RunSQL(ROWS, migrations.RunSQL.noop),
    ]
