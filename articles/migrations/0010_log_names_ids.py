"""The log of the desk names rows by their ids, and repeats no words of drops.

Data only. Lines of earlier versions held titles, which stayed in the log when a source
was forgotten. What stood in them between quotation marks goes, too.
"""

import re

from django.db import migrations

NAMED = {"article": "Article", "page": "Page", "linkedpage": "Page", "story": "Story"}
QUOTED = re.compile("“.*”", re.DOTALL)
BATCH = 500


def rename(apps, schema_editor):
    alias = schema_editor.connection.alias
    lines = apps.get_model("admin", "LogEntry").objects.using(alias)
    for model, owner in NAMED.items():
        ids = apps.get_model("articles", owner).objects.using(alias)
        ours = lines.filter(
            content_type__app_label="articles", content_type__model=model
        ).order_by("pk")
        last = 0
        while held := list(ours.filter(pk__gt=last)[:BATCH]):
            last = held[-1].pk
            keys = [one.object_id for one in held if (one.object_id or "").isdecimal()]
            known = dict(ids.filter(pk__in=keys).values_list("pk", "public_id"))
            for one in held:
                key = one.object_id or ""
                id_ = known.get(int(key)) if key.isdecimal() else None
                one.object_repr = f"{model} {id_ or key}"[:200]
                one.change_message = QUOTED.sub("“…”", one.change_message)
            lines.bulk_update(held, ["object_repr", "change_message"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_read_words_again"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
