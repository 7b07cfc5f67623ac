"""Three roles at the desk, and wrong passwords of the last minutes.

The group "Editors" is on sites, with members who publish, withdraw and act on stories.
It becomes "Chief editor", the only role that may do all of that: as "Editor" its
members would lose stories. Whatever else an operator had granted it stays granted.
"Editor" and "Operator" are made beside it, so that a new site and one that comes from
an earlier version have the same groups with the same permissions. Permissions that
Django creates after all migrations are created here if need be; Django then finds
them. Who changes a group later is not overruled: this runs once.
"""

from django.db import migrations, models

BEFORE, AFTER = "Editors", "Chief editor"
SEEN = [
    f"view_{model}"
    for model in (
        "article",
        "decision",
        "drop",
        "importrun",
        "page",
        "provider",
        "story",
        "topic",
    )
]
EDITOR = [*SEEN, "can_publish", "change_article", "change_page"]
ROLES = {
    "Editor": EDITOR,
    AFTER: [*EDITOR, "change_story", "change_importrun"],
    "Operator": [
        "view_article",
        "view_decision",
        "view_drop",
        "view_importrun",
        "view_provider",
        "change_importrun",
        "can_forget",
        "can_see_health",
    ],
}
# Of which model a permission is whose name does not say it, and what it is called.
NAMED = {
    "can_publish": ("article", "Can publish and withdraw articles"),
    "can_forget": ("article", "Can forget a source"),
    "can_see_health": ("importrun", "Can see what is wrong with the site"),
}


def make_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(alias)
    before = groups.filter(name=BEFORE).first()
    after = groups.filter(name=AFTER).first()
    if before and after:
        after.user_set.add(*before.user_set.all())
        after.permissions.add(*before.permissions.all())
        before.delete()
    elif before:
        before.name = AFTER
        before.save()
    for name, granted in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, alias, code) for code in granted))


def unmake_roles(apps, schema_editor):
    """One group again, which undoes no import; the members of the others stay outside."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=set(ROLES) - {AFTER}).delete()
    chief = groups.filter(name=AFTER).first()
    if chief:
        chief.permissions.remove(*chief.permissions.filter(codename="change_importrun"))
        groups.filter(pk=chief.pk).update(name=BEFORE)


def _permission(apps, alias, codename):
    verb, _, model = codename.partition("_")
    model, name = NAMED.get(codename, (model, ""))
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
            codename=codename,
            defaults={"name": name or f"Can {verb} {words}"},
        )
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0025_desk_decisions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoginTry",
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
                (
                    "pair",
                    models.CharField(
                        help_text="digest of account and address", max_length=64
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "login tries",
                "indexes": [
                    models.Index(fields=["pair", "at"], name="login_try_of_pair"),
                    models.Index(fields=["at"], name="login_try_by_age"),
                ],
            },
        ),
        migrations.AlterModelOptions(
            name="article",
            options={
                "permissions": [
                    ("can_publish", "Can publish and withdraw articles"),
                    ("can_forget", "Can forget a source"),
                ]
            },
        ),
        migrations.AlterModelOptions(
            name="importrun",
            options={
                "permissions": [
                    ("can_see_health", "Can see what is wrong with the site")
                ]
            },
        ),
        migrations.RunPython(make_roles, unmake_roles),
    ]
