"""Marks every page: words are read otherwise, for stories and for search.

Data only. The next import (or decision) derives all pages, stories and the index of
search again; until then a search may miss words that it looks for in their new form.
"""

from django.db import migrations

CONTENT = 2


def mark(apps, schema_editor):
    pages = apps.get_model("articles", "Page").objects.using(
        schema_editor.connection.alias
    )
    pages.update(stale=CONTENT)


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_reading_version")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
