"""Pages by quality: a list narrowed to a quality that few have finds them at once."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_rendered_story")]

    operations = [
        migrations.AddIndex(
            model_name="page",
            index=models.Index(
                condition=models.Q(("is_visible", True)),
                fields=["quality"],
                name="page_visible_quality",
            ),
        ),
    ]
