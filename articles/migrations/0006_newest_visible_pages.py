"""Visible pages from the newest on: what search lists and what filters count."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_search_text'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='page',
            index=models.Index(condition=models.Q(('is_visible', True)), fields=['-published_at', '-public_id'], name='page_visible_newest'),
        ),
    ]
