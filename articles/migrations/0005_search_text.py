"""What search finds pages by, newest first.

The words come from `articles.rules.search_words`, separated by blanks, so that SQLite
has nothing to tell apart: its tokenizer `ascii` takes all that is not ASCII for parts
of words. The table is an ordinary one: before 3.43 FTS5 cannot delete from a table
without content unless it is told the old words. What a virtual table cannot have is a
foreign key, which the trigger stands in for: words go with their entry, whoever
deletes it.

The tables are empty until the next import, which has every page to derive again, or
`reindex_search`.
"""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = (
    """
    CREATE VIRTUAL TABLE articles_searchtext
    USING fts5(title, excerpt, provider, compounds, tokenize = 'ascii')
    """,
    """
    CREATE TRIGGER articles_searchtext_of_entry
    AFTER DELETE ON articles_searchentry
    BEGIN DELETE FROM articles_searchtext WHERE rowid = OLD.id; END
    """,
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER articles_searchtext_of_entry")
        schema_editor.execute("DROP TABLE articles_searchtext")


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_derive_again")]
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        help_text="seconds and a hash, see rules.time_ordered_id",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "digest",
                    models.BinaryField(
                        help_text="of all that is indexed: an equal one is up to date",
                        max_length=8,
                    ),
                ),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="articles.page",
                    ),
                ),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
