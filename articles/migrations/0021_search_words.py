"""The words of visible pages, for searches that misspell one; empty at first."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_order_of_top_stories")]
    operations = [
        migrations.CreateModel(
            name="SearchWord",
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
                ("letters", models.CharField(max_length=30, unique=True)),
                (
                    "head",
                    models.CharField(
                        help_text="its length and first letters", max_length=8
                    ),
                ),
                (
                    "core",
                    models.CharField(
                        help_text="its length and middle letters", max_length=8
                    ),
                ),
                (
                    "tail",
                    models.CharField(
                        help_text="its length and last letters", max_length=8
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        help_text="one that says it; none only until the"
                        " transaction ends",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="words",
                        to="articles.searchentry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["head", "letters"], name="search_word_head"),
                    models.Index(fields=["core", "letters"], name="search_word_core"),
                    models.Index(fields=["tail", "letters"], name="search_word_tail"),
                ],
            },
        ),
    ]
