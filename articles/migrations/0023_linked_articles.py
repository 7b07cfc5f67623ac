"""What editors call a page: its name at the desk, and nothing in the database."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0022_index_words")]

    operations = [
        migrations.AlterModelOptions(
            name="page", options={"verbose_name": "linked article"}
        ),
    ]
