"""The version of the rules that read a drop stands with its article.

All that is here was read by the first.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_drop_logos")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="reading_version",
            field=models.PositiveSmallIntegerField(
                db_index=True,
                default=1,
                help_text="version of the rules that read the drop",
            ),
        )
    ]
