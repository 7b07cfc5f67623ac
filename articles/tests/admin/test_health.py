"""What the doctor finds stands at the desk, for operators; and it costs little."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from articles.models import Page, Stale
from articles.tests.make import import_drops, make_article, make_drop

pytestmark = pytest.mark.django_db
HEALTH = "/admin/health/"


@pytest.fixture
def operator(client, db):
    user = User.objects.create_user("olga", is_staff=True)
    user.groups.add(Group.objects.get(name="Operator"))
    client.force_login(user)
    return client


def test_it_says_what_is_wrong_why_that_matters_and_what_to_do(operator):
    import_drops({"a.txt": make_drop()})
    Page.objects.update(stale=Stale.CONTENT)
    with override_settings(DEBUG=True, ALLOWED_HOSTS=["*"]):
        text = operator.get(HEALTH).content.decode()
    for words in (
        "DEBUG is on.",
        "ALLOWED_HOSTS has *.",
        "Give the host names of the site",
        "article to be brought up to date",
        "Run manage.py settle",
        "manage.py doctor",
    ):
        assert words in text, words


def test_an_import_that_runs_is_told(operator):
    assert "An import is running" not in operator.get(HEALTH).content.decode()
    with (Path(settings.VAR_DIR) / "import.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "An import is running" in operator.get(HEALTH).content.decode()


def test_it_writes_nothing_and_its_queries_do_not_grow(operator):
    asked = []
    for _ in range(2):
        for number in range(5):
            make_article(title=f"One more {number}")
        with CaptureQueriesContext(connection) as queries:
            assert operator.get(HEALTH).status_code == 200
        asked.append([one["sql"] for one in queries])
    assert len(asked[0]) == len(asked[1]) <= 30
    spelled = " ".join(asked[1])
    for word in ("INSERT", "UPDATE", "DELETE", "quick_check"):
        assert word not in spelled


def test_the_way_there_is_at_the_top_of_each_page_for_operators_alone(operator):
    assert f'href="{HEALTH}"' in operator.get("/admin/").content.decode()
    User.objects.get().groups.set(Group.objects.filter(name="Chief editor"))
    assert HEALTH not in operator.get("/admin/").content.decode()
    assert operator.get(HEALTH).status_code == 403
