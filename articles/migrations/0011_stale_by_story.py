"""Let pages be marked whose story alone is to be put together again.

The mark of those whose content is stale moves up to make room.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("articles", "Page").objects.filter(stale=2).update(stale=3)


def move_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("articles", "Page").objects.filter(stale__gte=2).update(stale=2)


class Migration(migrations.Migration):
    dependencies = (("articles", "0010_log_names_ids"),)
    operations = (
        migrations.AlterField(
            model_name="page",
            name="stale",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "up to date"),
                    (1, "whether readers may see it"),
                    (2, "which story it is in, as well"),
                    (3, "its words, and what they change for other pages, as well"),
                ],
                default=3,
                help_text="how far the derived fields are behind the drops and decisions",
            ),
        ),
        migrations.RunPython(move_up, move_down, elidable=True),
    )
