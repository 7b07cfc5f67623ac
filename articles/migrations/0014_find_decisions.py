"""Decisions are found by all that they name, and stories keep their addresses.

A story whose founder an editor split off keeps its address by a decision of its own
kind, which is found by the address. Whatever was split before is cut again: the act
took pages of other stories along, which now stay where they are.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

STORY = 2


def cut_again(apps: Any, schema_editor: Any) -> None:
    """Mark the pages that standing splits name: with them their stories are derived."""
    Decision = apps.get_model("articles", "Decision")
    Page = apps.get_model("articles", "Page")
    made = Decision.objects.filter(kind="split", undone_at=None)
    Page.objects.filter(stale__lt=STORY).filter(
        Q(canonical_url__in=made.values("canonical_url"))
        | Q(canonical_url__in=made.values("other_url"))
        | Q(twins__source_name__in=made.exclude(source_name="").values("source_name"))
        | Q(twins__source_name__in=made.exclude(other_source="").values("other_source"))
    ).update(stale=STORY)


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_date_labels")]
    operations = [
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("publish", "publish"),
                    ("withdraw", "withdraw"),
                    ("merge", "in one story with"),
                    ("split", "not in one story with"),
                    ("lead", "lead of its story"),
                    ("title", "title of its story"),
                    ("pin", "pin its story"),
                    ("unpin", "unpin its story"),
                    ("address", "address of its story"),
                    ("dismiss", "dismiss a suggestion"),
                    ("set_aside", "set aside a version"),
                    ("reinstate", "reinstate a version"),
                    ("forget", "forget a version"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="other_source",
            field=models.CharField(blank=True, db_index=True, max_length=1000),
        ),
        migrations.AlterField(
            model_name="decision",
            name="value",
            field=models.TextField(
                blank=True,
                help_text="a title; a story's public id; a suggestion's key",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=Q(kind="address"), fields=["value"], name="decision_address"
            ),
        ),
        migrations.RunPython(cut_again, migrations.RunPython.noop),
    ]
