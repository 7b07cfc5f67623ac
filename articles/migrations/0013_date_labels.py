"""The newest article of a topic, and the newest wording of a publisher, are found.

Topics and publishers are named by them, with every batch that an import stores: to
look at all that a topic or publisher has would cost more the more is held.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_times(apps: Any, schema_editor: Any) -> None:
    articles = apps.get_model("articles", "Article").objects
    own = articles.filter(pk=OuterRef("article")).values("published_at")
    labels = apps.get_model("articles", "ArticleTopic").objects
    labels.update(published_at=Subquery(own))


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_find_waiting_articles")]
    operations = [
        migrations.AddField(
            model_name="articletopic",
            name="published_at",
            field=models.DateTimeField(
                null=True,
                help_text="the article's, by which the newest of a topic is found",
            ),
        ),
        migrations.RunPython(copy_times, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="articletopic",
            index=models.Index(
                fields=["topic", "-published_at"], name="article_topic_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="relatedlink",
            index=models.Index(
                fields=["provider", "-published_at"], name="related_link_of_provider"
            ),
        ),
    ]
