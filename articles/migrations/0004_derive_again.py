"""Marks every page, so that the next import fills what the migration before added.

Data only. Until then lists show what they showed; the archive is empty.
"""

from django.db import migrations

CONTENT = 2


def mark(apps, schema_editor):
    pages = apps.get_model("articles", "Page").objects.using(
        schema_editor.connection.alias
    )
    pages.update(stale=CONTENT)


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_order_by_public_id_and_days")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
