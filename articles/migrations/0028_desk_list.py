"""What the desk's list of articles is narrowed to is found by indexes, newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0027_suggestions")]

    operations = [
        migrations.AlterModelOptions("provider", {"verbose_name": "publisher"}),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(decided=None, published=False),
                name="article_undecided",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["published", "-published_at", "-id"], name="article_read"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["decided", "-published_at", "-id"],
condition=models.Q(decided__isnull=False),
name="article_decided",
            ),
        ),
    ]
