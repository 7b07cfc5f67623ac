"""Marks visible pages: search reads them again, their words and editors' titles.

Data only. The next settling (`settle`, an import) does it; until then a misspelt word
is not put right. `reindex_search` does the same.
"""

from django.db import migrations

NO, STANDING = 0, 1


def mark(apps, schema_editor):
    pages = apps.get_model("articles", "Page").objects.using(
        schema_editor.connection.alias
    )
    pages.filter(is_visible=True, stale=NO).update(stale=STANDING)


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_search_words")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
