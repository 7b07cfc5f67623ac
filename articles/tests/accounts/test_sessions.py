"""Sessions last for twelve hours since they were used, and end with a log-out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.tests.make import NOW

from .conftest import LOGIN, RIGHT

pytestmark = pytest.mark.django_db
DESK = "/admin/"


def logged_in() -> Client:
    client = Client()
    sent = {"username": "owner", "password": RIGHT, "next": DESK}
    assert client.post(LOGIN, sent).status_code == 302
    return client


@pytest.fixture
def clock(owner):
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_a_session_is_over_twelve_hours_after_it_was_used(clock):
    client = logged_in()
    clock.shift(timedelta(hours=11, minutes=59))
    assert client.get(DESK).status_code == 200
    clock.shift(timedelta(hours=12))
    assert client.get(DESK).status_code == 302


def test_who_works_on_stays_logged_in(clock):
    client = logged_in()
    for _ in range(20):
        clock.shift(timedelta(hours=2))
        answer = client.get(DESK)
        assert answer.status_code == 200
        assert answer.cookies["sessionid"]["max-age"] == 12 * 60 * 60


def test_a_session_is_written_once_an_hour_at_most(clock):
    client = logged_in()
    clock.shift(timedelta(minutes=59))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(DESK)
    assert "sessionid" not in answer.cookies
    assert not [one for one in asked if "UPDATE" in one["sql"]]
    clock.shift(timedelta(minutes=1))
    with CaptureQueriesContext(connection) as asked:
        client.get(DESK)
    assert len([one for one in asked if "UPDATE" in one["sql"]]) == 1
    assert Session.objects.get().expire_date == timezone.now() + timedelta(hours=12)


def test_a_session_of_two_weeks_is_cut_down_when_it_is_used(clock):
    client = logged_in()
    Session.objects.update(expire_date=timezone.now() + timedelta(days=14))
    assert client.get(DESK).status_code == 200
    assert Session.objects.get().expire_date == timezone.now() + timedelta(hours=12)


def test_the_cookie_is_for_the_desk_alone(clock):
    cookie = logged_in().cookies["sessionid"]
    assert cookie["path"] == "/admin/"
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert settings.CSRF_COOKIE_PATH == "/admin/"


def test_logging_out_ends_the_session_for_whoever_copied_it(clock):
    client, thief = logged_in(), Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get(DESK).status_code == 200
    assert client.post("/admin/logout/").status_code == 200
    assert thief.get(DESK).status_code == client.get(DESK).status_code == 302
    assert not Session.objects.exists()


def test_a_new_password_ends_the_other_sessions(clock):
    client, other = logged_in(), logged_in()
    new = {"new_password1": "a new one 12", "new_password2": "a new one 12"}
    sent = new | {"old_password": RIGHT}
    assert client.post("/admin/password_change/", sent).status_code == 302
    assert client.get(DESK).status_code == 200
    assert other.get(DESK).status_code == 302


def test_a_login_takes_some_of_those_that_are_over_along(clock):
    over, on = NOW - timedelta(seconds=1), NOW + timedelta(hours=1)
    Session.objects.bulk_create(
        Session(session_key=f"{n:032}", expire_date=over if n else on)
        for n in range(1200)
    )
    for left in (701, 202, 4):
        logged_in()
        assert Session.objects.count() == left


def test_a_login_gives_a_new_key(clock):
    client = logged_in()
    before = client.cookies["sessionid"].value
    sent = {"username": "owner", "password": RIGHT, "next": DESK}
    client.post("/admin/logout/")
    client.post(LOGIN, sent)
    assert client.cookies["sessionid"].value != before


def test_who_reads_gets_no_session(clock):
    answer = logged_in().get("/about/")
    assert "sessionid" not in answer.cookies and "Cookie" not in answer.get("Vary", "")
