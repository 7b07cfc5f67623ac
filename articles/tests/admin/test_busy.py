"""Where the database stays locked: 503 in words, and no form is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory, override_settings

from articles.models import Article, Decision, Story
from articles.tests.make import import_drops, make_drop
from articles.views.errors import failed, refused
from articles.views.trouble import AWAY, BUSY, FULL, trouble_behind

from .browser import acting, forms_on, opened, ticked
from .conftest import EDITORS, change, member
from .events import BRIDGE, FLOOD, bring, coverage, page, story

LIST = "/admin/articles/article/"
REVIEW = "/admin/articles/story/review/"
PASSWORD = "correct horse battery staple"
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="locks one file for all"
)
pytestmark = on_sqlite


@contextmanager
def locked():
    """Somebody else writes, and does not come to an end."""
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(name, uri=True, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def browser(name: str = "") -> Client:
    client = Client(raise_request_exception=False)
    if name:
        client.force_login(member(name, EDITORS))
    return client


def told(answer) -> dict:
    """The form on the page that says so."""
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert "The site is busy" in text and "Nothing of what you sent was saved" in text
    [form] = [one for one in forms_on(text) if "csrfmiddlewaretoken" in one]
    form.pop("csrfmiddlewaretoken")
    return form


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["list", "form", "action", "story", "review", "undo"])
def test_whatever_is_sent_can_be_sent_again(way):
    desk = browser("edith")
    bring(coverage(BRIDGE, 2), coverage(FLOOD, 2))
    first = Article.objects.order_by("pk")[0]
    one_form = f"{LIST}{first.pk}/change/"
    if way == "list":
        path, sent = LIST, ticked(opened(desk, LIST), {first.pk: False})
    elif way == "form":
        path, sent = one_form, opened(desk, one_form) | {"_save": ["Save"]}
        sent.pop("published")
    elif way == "action":
        form = opened(desk, LIST)
        path, sent = LIST, acting(form, "withdraw_selected", [first.pk], why="Since…")
    elif way == "story":
        path = change(story(BRIDGE))
        sent = opened(desk, path, "title") | {"act": ["title"], "title": ['A "<b>"']}
    else:
        path = REVIEW
        rows = [f"{one.pk}.{one.story_id}.0" for one in story(BRIDGE).pages.all()]
        rows += [f"{one.pk}.{one.story_id}.0" for one in story(FLOOD).pages.all()]
        sent = {
            "kind": ["merge"],
            "one": [str(page(BRIDGE).pk)],
            "other": [str(page(FLOOD).pk)],
            "shown": [" ".join(rows)],
            "act": ["do"],
        }
        if way == "undo":
            sent = {"undo": ["x"]}
    sent = sent | {"csrfmiddlewaretoken": ["never shown"]}
    with locked():
        answer = desk.post(path, sent)
    again = told(answer)
    assert b"never shown" not in answer.content
    sent.pop("csrfmiddlewaretoken")
    assert again == sent
    assert not Decision.objects.exists()
    assert desk.post(path, again).status_code in (200, 302)
    assert Decision.objects.exists() is (way != "undo")


@pytest.mark.django_db(transaction=True)
def test_who_logs_in_keeps_the_name_and_types_the_password_again():
    User.objects.create_superuser("edith", password=PASSWORD)
    client = browser()
    client.get("/admin/login/")
    sent = {"username": "edith", "password": PASSWORD, "next": "/admin/"}
    with locked():
        answer = client.post("/admin/login/?next=/admin/", sent)
    form = told(answer)
    assert PASSWORD not in answer.content.decode()
    assert form == {"username": ["edith"], "password": [""], "next": ["/admin/"]}
    assert 'type="password"' in answer.content.decode()
    again = form | {"password": [PASSWORD]}
    assert client.post("/admin/login/?next=/admin/", again).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_who_logs_out_is_told():
    desk = browser("edith")
    with locked():
        assert told(desk.post("/admin/logout/")) == {}
    assert desk.post("/admin/logout/").status_code == 200


@pytest.mark.django_db(transaction=True)
@override_settings(SESSION_SAVE_EVERY_REQUEST=True)
def test_a_session_that_cannot_be_saved_is_no_fault_of_the_editor():
    """Django says 400 there, and that the session was deleted."""
    desk = browser("edith")
    with locked():
        answer = desk.get(LIST)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"


# What may be wrong

SQLITE = (
    ("database is locked", BUSY),
    ("database table is locked: articles_page", BUSY),
    ("unable to open database file", AWAY),
    ("database or disk is full", FULL),
    ("attempt to write a readonly database", FULL),
)
POSTGRESQL = (
    ("55P03", BUSY),
    ("40P01", BUSY),
    ("57014", BUSY),
    ("57P03", AWAY),
    ("08006", AWAY),
    ("53100", FULL),
    ("25006", FULL),
    ("42P01", None),
)


@pytest.mark.parametrize(("words", "trouble"), SQLITE)
def test_trouble_is_known_by_its_words(words, trouble):
    assert trouble_behind(OperationalError(words)) == trouble


@pytest.mark.parametrize(("state", "trouble"), POSTGRESQL)
def test_trouble_is_known_by_its_state(state, trouble):
    error = OperationalError("whatever it says")
    error.__cause__ = type("Driver", (Exception,), {"sqlstate": state})()
    assert trouble_behind(error) == trouble


@pytest.mark.parametrize(
    "words",
    [
        'connection to server at "127.0.0.1", port 5432 failed: Connection refused',
        "server closed the connection unexpectedly",
        "connection timeout expired",
    ],
)
def test_a_database_that_is_away_is_known(words):
    assert trouble_behind(OperationalError(words)) == AWAY
    assert trouble_behind(InterfaceError("connection already closed")) == AWAY


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("no such table: articles_page"),
        OperationalError("too many SQL variables"),
        DatabaseError("database disk image is malformed"),
        ValueError("database is locked"),
        None,
    ],
)
def test_what_is_a_fault_stays_one(error):
    assert trouble_behind(error) is None


def raised(error: Exception, request):
    try:
        try:
            raise OperationalError("database is locked")
        except OperationalError:
            raise error from None
    except RuntimeError:
        return failed(request)
    except SessionInterrupted as caught:
        return refused(request, caught)


@pytest.mark.parametrize("error", [RuntimeError("on the way"), SessionInterrupted("x")])
def test_trouble_is_found_behind_what_it_led_to(error):
    answer = raised(error, RequestFactory().post("/", {"why": "so it is"}))
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "so it is" in text
    assert ("may have been saved already" in text) is isinstance(
        error, SessionInterrupted
    )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/about/", "text/html"),
        ("/feed.atom", "text/plain"),
        ("/feed.rss", "text/plain"),
    ],
)
def test_readers_and_their_programs_are_told_when_to_come_again(client, db, path, kind):
    client.raise_request_exception = False
    locked_out = OperationalError("database is locked")
    with (
        patch("django.db.backends.utils.CursorWrapper.execute", side_effect=locked_out),
        patch("articles.views.indexes.render", side_effect=locked_out),
    ):
        answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["Content-Type"].startswith(kind)
    assert "csrf" not in answer.content.decode()


def test_where_nothing_can_be_saved_nobody_is_asked_to_wait():
    request = RequestFactory().post("/admin/", {"why": "x"})
    try:
        raise OperationalError("database or disk is full")
    except OperationalError:
        answer = failed(request)
    assert answer.status_code == 503
    assert "Retry-After" not in answer.headers
    assert "cannot save anything" in answer.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"why": '"><script>alert(1)</script>', "to": "</textarea><b>" + "x" * 99},
        {"why": "first\nsecond", "title": "\0 \u202e"},
        {"why": ["a", "b"], "Password2": "hidden", "new_pwd": "hidden"},
        {"api_token": "hidden", "secret key": "hidden"},
    ],
)
def test_what_was_typed_is_shown_safely(given):
    answer = at_a_lock(RequestFactory().post("/admin/", given))
    text = answer.content.decode()
    assert "<script>alert" not in text and "<b>" not in text
    [form] = [one for one in forms_on(text) if "csrfmiddlewaretoken" in one]
    if "hidden" in str(given):
        assert "hidden" not in str(form)
    assert "first\nsecond" in text or "first" not in str(given)


def test_a_huge_form_is_not_repeated():
    request = RequestFactory().post("/admin/", {"why": "x" * 600_000})
    text = at_a_lock(request).content.decode()
    assert len(text) < 20_000
    assert "your browser still has the form" in text


def test_a_body_that_cannot_be_read_is_no_further_fault():
    odd = RequestFactory().post(
        "/admin/", b"--x", content_type="multipart/form-data; boundary=\xff"
    )
    assert at_a_lock(odd).status_code == 503


def at_a_lock(request):
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        return failed(request)


@pytest.mark.django_db
def test_other_faults_are_faults_still(client):
    client.raise_request_exception = False
    import_drops({"a.txt": make_drop()})
    with patch("articles.views.lists.render", side_effect=RuntimeError("on purpose")):
        assert client.get("/").status_code == 500
    assert Story.objects.exists()
