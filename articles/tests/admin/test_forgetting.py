"""A source is forgotten at the desk after a question, with a reason, and for good."""

from __future__ import annotations

import fcntl
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User

from articles.models import Article, Decision, Drop, Page
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .browser import opened
from .conftest import messages

pytestmark = pytest.mark.django_db
TITLE = "A name that has to go"


@pytest.fixture
def operator(client, db):
    user = User.objects.create_user("olga", is_staff=True)
    user.groups.add(Group.objects.get(name="Operator"))
    client.force_login(user)
    return client


@pytest.fixture
def article() -> Article:
    named = related_entry("https://p.example/a", title="As others call it")
    other = make_drop(title="Another", webUrl="https://q.example/b", related=[named])
    drop = make_drop(title=TITLE, webUrl="https://p.example/a", published=True)
    import_drops({"a.txt": drop, "b.txt": other})
    return Article.objects.get(source_name="a")


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/forget/"


def test_it_is_asked_first_and_said_what_goes_and_what_stays(operator, article):
    text = operator.get(address(article)).content.decode()
    for words in (
        "Forget a?",
        "cannot be undone",
        "1 version of the drop",
        TITLE,
        "Readers have it now, and lose it",
        "1 list of other drops names the article",
        "Backups and the folder of drops",
    ):
        assert words in text, words
    assert Article.objects.filter(pk=article.pk).exists()


def test_it_is_done_and_who_and_why_are_kept(operator, client, article):
    form = opened(operator, address(article)) | {"why": ["a take-down"]}
    said = messages(operator.post(address(article), form, follow=True))
    assert said == ["Erased for good: 1 version of the source."]
    assert not Drop.objects.filter(source_name="a").exists()
    assert not Page.objects.filter(title=TITLE).exists()
    made = Decision.objects.get(kind="forget")
    assert (made.author, made.why) == ("olga", "a take-down")
    [line] = LogEntry.objects.all()
    assert line.user.username == "olga" and line.object_id == str(article.pk)
    assert TITLE not in f"{line.object_repr} {line.change_message}"
    assert client.get("/").content.decode().count(TITLE) == 0


def test_without_a_reason_it_is_asked_again(operator, article):
    form = opened(operator, address(article)) | {"why": [" \u200b "]}
    text = operator.post(address(article), form).content.decode()
    assert "Say why" in text and 'aria-invalid="true"' in text
    assert Drop.objects.filter(source_name="a").exists()


def test_what_came_in_meanwhile_is_not_erased_unseen(operator, article):
    form = opened(operator, address(article)) | {"why": ["x"]}
    newer = make_drop(title="Put right", webUrl="https://p.example/a")
    import_drops({"a.txt": newer}, now=NOW + timedelta(hours=1))
    for sent in (form, {"why": "x"}, {"why": "x", "shown": "1.1"}):
        [said] = messages(operator.post(address(article), sent, follow=True))
        assert said.startswith("Nothing was erased: another version")
    assert Drop.objects.get(source_name="a").versions.count() == 2
    assert not Decision.objects.exists()


def test_while_an_import_runs_nothing_is_erased(operator, article):
    form = opened(operator, address(article)) | {"why": ["x"]}
    with (Path(settings.VAR_DIR) / "import.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        [said] = messages(operator.post(address(article), form, follow=True))
    assert said.startswith("Another import runs: nothing was erased")
    assert Drop.objects.filter(source_name="a").exists()


def test_what_is_gone_is_said_to_be_gone(operator, article):
    form = opened(operator, address(article)) | {"why": ["x"]}
    operator.post(address(article), form)
    for answer in (
        operator.get(address(article), follow=True),
        operator.post(address(article), form, follow=True),
    ):
        assert messages(answer)[-1] == "This article no longer exists."
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("group", ["Editor", "Chief editor"])
def test_editors_forget_nothing(client, article, group):
    user = User.objects.create_user("edith", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get(address(article)).status_code == 403
    assert client.post(address(article), {"why": "x"}).status_code == 403
    assert client.get("/admin/articles/article/99999/forget/").status_code == 403
    drop = f"/admin/articles/article/{article.pk}/drop/"
    assert "Forget this source" not in client.get(drop).content.decode()


def test_the_way_there_is_on_the_page_of_the_drop(operator, article):
    drop = f"/admin/articles/article/{article.pk}/drop/"
    text = operator.get(drop).content.decode()
    assert f'href="{address(article)}"' in text
