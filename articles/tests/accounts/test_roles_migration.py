"""The roles of a new site, and of one whose editors were a group called "Editors"."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from articles.tests.ingest.process import ROOT, Site

MIGRATION = import_module("articles.migrations.0026_roles")
SCHEMA = type("Schema", (), {"connection": connection})
SEEN = {
    "article",
    "decision",
    "drop",
    "importrun",
    "page",
    "provider",
    "story",
    "topic",
}
EDITOR = {f"view_{model}" for model in SEEN}
EDITOR |= {"can_publish", "change_article", "change_page"}
CHIEF = EDITOR | {"change_story", "change_importrun"}
OPERATOR = {
    f"view_{m}" for m in ("article", "decision", "drop", "importrun", "provider")
}
OPERATOR |= {"change_importrun", "can_forget", "can_see_health"}
ROLES = {"Editor": EDITOR, "Chief editor": CHIEF, "Operator": OPERATOR}

MEMBERS = """
import django
django.setup()
from django.contrib.auth.models import Group, User
edith = User.objects.create_user("edith", is_staff=True)
edith.groups.add(Group.objects.get(name="Editors"))
"""
TELL = """
import django, json
django.setup()
from django.contrib.auth.models import Group, User
groups = Group.objects.order_by("name")
granted = [[g.name, sorted(g.permissions.values_list("codename", flat=True))] for g in groups]
print(json.dumps([granted, list(User.objects.values_list("username", "groups__name"))]))
"""


def asked(site: Site, script: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def roles() -> dict[str, set[str]]:
    return {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }


@pytest.mark.django_db
def test_a_new_site_has_the_roles():
    assert roles() == ROLES


@pytest.mark.django_db
def test_no_role_but_the_operators_erases_and_operators_do_not_publish():
    for name in ("Editor", "Chief editor"):
        assert not roles()[name] & {"can_forget", "can_see_health"}
    assert not roles()["Operator"] & {"can_publish", "change_article", "change_story"}
    assert not {p for held in roles().values() for p in held if "delete" in p}


def test_a_site_with_editors_comes_out_like_a_new_one(tmp_path, new_site):
    (tmp_path / "old").mkdir()
    old = Site(tmp_path / "old")
    assert old.run("migrate", "articles", "0024", "-v0")[0] == 0
    asked(old, MEMBERS)
    assert old.run("migrate", "-v0")[0] == 0
    granted, members = json.loads(asked(old, TELL))
    assert members == [["edith", "Chief editor"]]
    assert granted == json.loads(asked(new_site(), TELL))[0]
    assert {name: set(held) for name, held in granted} == ROLES


@pytest.mark.django_db
def test_what_an_operator_granted_stays_and_nobody_is_put_out():
    chief = Group.objects.get(name="Chief editor")  # one that was made by hand
    editors = Group.objects.create(name="Editors")
    editors.permissions.add(Permission.objects.get(codename="add_user"))
    edith, carl = (User.objects.create_user(name) for name in ("edith", "carl"))
    edith.groups.add(editors)
    carl.groups.add(chief)
    MIGRATION.make_roles(apps, SCHEMA)
    assert set(chief.user_set.all()) == {edith, carl}
    assert roles() == ROLES | {"Chief editor": CHIEF | {"add_user"}}


@pytest.mark.django_db
def test_permissions_are_made_where_django_has_made_none_yet():
    Group.objects.all().delete()
    Permission.objects.filter(content_type__app_label="articles").delete()
    ContentType.objects.clear_cache()
    for _ in range(2):
        MIGRATION.make_roles(apps, SCHEMA)
    assert roles() == ROLES
    names = Permission.objects.values_list("content_type__model", "codename")
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_going_back_leaves_one_group_as_it_was():
    chief = Group.objects.get(name="Chief editor")
    chief.user_set.add(User.objects.create_user("edith"))
    MIGRATION.unmake_roles(apps, SCHEMA)
    assert roles() == {"Editors": CHIEF - {"change_importrun"}}
    assert Group.objects.get().user_set.count() == 1
