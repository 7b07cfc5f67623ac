"""A group whose members may do everything at the desk that editors do.

Data only. They see all records, publish and withdraw, and act on stories; they undo
no import run and manage no accounts. Django creates permissions after all
migrations, so those that are granted here are created here if need be; Django then
finds them. Who changes the group later is not overruled: this runs once.
"""

from django.db import migrations

GROUP = "Editors"
SEEN = (
    "article",
    "decision",
    "drop",
    "importrun",
    "page",
    "provider",
    "story",
    "topic",
)
CHANGED = ("article", "page", "story")


def grant(apps, schema_editor):
    alias = schema_editor.connection.alias
    group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(
        name=GROUP
    )
    for model in SEEN:
        group.permissions.add(_permission(apps, alias, "view", model))
    for model in CHANGED:
        group.permissions.add(_permission(apps, alias, "change", model))
    group.permissions.add(
        _permission(
            apps,
            alias,
            "can_publish",
            "article",
            codename="can_publish",
            name="Can publish and withdraw articles",
        )
    )


def revoke(apps, schema_editor):
    alias = schema_editor.connection.alias
    apps.get_model("auth", "Group").objects.using(alias).filter(name=GROUP).delete()


def _permission(apps, alias, verb, model, *, codename="", name=""):
    kind, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .get_or_create(app_label="articles", model=model)
    )
    words = apps.get_model("articles", model)._meta.verbose_name
    permission, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(
            content_type=kind,
            codename=codename or f"{verb}_{model}",
            defaults={"name": name or f"Can {verb} {words}"},
        )
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_first_models"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, revoke)]
