# One number that moves whenever readers get something else: whole pages are kept
# under it. It begins with the time, so that no two databases that a site has had
# count in the same numbers.

import time

from django.db import migrations, models


def begin(apps, schema_editor):
    apps.get_model("articles", "Publication").objects.create(
        version=time.time_ns() // 1_000_000
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_find_kinds_of_decisions")]

    operations = [
        migrations.CreateModel(
            name="Publication",
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
                ("version", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
