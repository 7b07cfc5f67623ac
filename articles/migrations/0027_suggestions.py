"""Keep what editors may want to look at ready, instead of working it out each time.

Nothing is judged yet: `settle` does it, and every import.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("articles", "0026_roles")]

    operations = [
        migrations.AddField(
            model_name="story",
            name="judged",
            field=models.BooleanField(
                default=False, help_text="what is suggested about it is up to date"
            ),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=Q(lead__isnull=False, judged=False),
                fields=["provider_count", "id"],
                name="story_unjudged",
            ),
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("split", "may be two stories"),
                            ("merge", "may be one story"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("alike", "two stories say the same"),
                            ("loose", "two parts of a story share little"),
                            ("silence", "a story went on after days of silence"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "leaving",
                    models.TextField(
                        blank=True,
                        help_text="of a split: pks of the pages that would leave",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, help_text="that both say, or only who stays"
                    ),
                ),
                (
                    "other_words",
                    models.TextField(blank=True, help_text="that only who leaves says"),
                ),
                (
                    "likeness",
                    models.FloatField(help_text="of the two parts' words, 0 to 1"),
                ),
                (
                    "silence_hours",
                    models.FloatField(
                        help_text="between the parts; 0: they overlap"
                    ),
                ),
                (
                    "publishers",
                    models.PositiveIntegerField(help_text="involved; the rank"),
                ),
                (
                    "strength",
                    models.FloatField(
                        help_text="which orders those of one rank, 0 to 1"
                    ),
                ),
                (
                    "answered",
                    models.BooleanField(
                        default=False,
                        help_text="an editor said already that this is not wanted",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.story",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="articles.story",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(answered=False),
                        fields=["-publishers", "-strength", "-id"],
                        name="suggestion_top",
                    ),
                    models.Index(
                        condition=Q(answered=False),
                        fields=["kind", "-publishers", "-strength", "-id"],
                        name="suggestion_top_of_kind",
                    ),
                ],
            },
        ),
    ]
