"""Ten wrong passwords for an account and an address in a quarter of an hour, no more."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client, RequestFactory, override_settings

from articles.accounts import throttle
from articles.accounts.throttle import MOST, WINDOW, spelled
from articles.models import LoginTry
from articles.tests.ingest.process import ROOT
from articles.tests.make import NOW

from .conftest import LOGIN, RIGHT, WRONG, log_in

pytestmark = pytest.mark.django_db
FORGED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_CLIENT_IP",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
)


def statuses(times: int, **given: str) -> list[int]:
    return [log_in(**given).status_code for _ in range(times)]


def test_after_ten_wrong_passwords_none_is_looked_at(hashed):
    assert statuses(12) == [200] * MOST + [429] * 2
    assert len(hashed) == MOST
    answer = log_in(password=RIGHT)
    assert answer.status_code == 429
    assert RIGHT not in hashed
    assert 0 < int(answer["Retry-After"]) <= WINDOW.total_seconds()
    assert answer["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert "Too many wrong passwords" in text and "15 minutes" in text
    assert "sessionid" not in answer.cookies


def test_a_thousand_from_one_address_are_ten(hashed):
    for number in range(1000):
        log_in(**dict.fromkeys(FORGED, f"192.0.2.{number % 250}"))
    assert len(hashed) == MOST == LoginTry.objects.count()
    assert log_in(password=RIGHT, REMOTE_ADDR="198.51.100.9").status_code == 302


def test_a_thousand_from_200_addresses_are_ten_for_each_at_most(hashed):
    for number in range(1000):
        forged = dict.fromkeys(FORGED, f"203.0.113.{number % 7}")
        log_in(REMOTE_ADDR=f"192.0.2.{number % 200}", **forged)
    assert len(hashed) == 1000 == LoginTry.objects.count()
    for _ in range(6):
        log_in(REMOTE_ADDR="192.0.2.5")
    assert len(hashed) == 1005
    assert log_in(password=RIGHT, REMOTE_ADDR="198.51.100.9").status_code == 302


def test_those_that_come_again_later_take_what_is_old_along(hashed):
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(1200):
            throttle.begin_try(request(f"192.0.{number // 250}.{number % 250}"), "x")
        clock.shift(WINDOW)
        for left in (701, 202, 3):
            log_in()
            assert LoginTry.objects.count() == left


def request(address: str):
    return RequestFactory().post(LOGIN, REMOTE_ADDR=address)


def test_the_window_moves_on(hashed):
    with time_machine.travel(NOW, tick=False) as clock:
        statuses(5)
        clock.shift(timedelta(minutes=10))
        assert statuses(6) == [200] * 5 + [429]
        clock.shift(timedelta(minutes=4, seconds=59))
        assert log_in()["Retry-After"] == "1"
        clock.shift(1)
        assert statuses(6) == [200] * 5 + [429]


def test_a_clock_that_was_set_back_keeps_nobody_out_for_longer(hashed):
    with time_machine.travel(NOW, tick=False) as clock:
        statuses(10)
        clock.shift(timedelta(minutes=-5))
        assert log_in()["Retry-After"] == "900"
        clock.shift(timedelta(days=-3))
        assert statuses(11) == [200] * 10 + [429]
        clock.shift(WINDOW)
        assert log_in(password=RIGHT).status_code == 302


def test_right_passwords_are_not_counted(hashed):
    assert [log_in(password=RIGHT).status_code for _ in range(12)] == [302] * 12
    assert statuses(9) == [200] * 9
    assert log_in(password=RIGHT).status_code == 302
    assert not LoginTry.objects.filter(at__gt=NOW + timedelta(days=9999)).exists()
    assert LoginTry.objects.count() == 9


def test_a_right_password_gives_nobody_else_more_tries(hashed):
    for _ in range(3):
        statuses(5)
        log_in(password=RIGHT)
    assert hashed.count(WRONG) == MOST


def test_forms_that_try_no_password_are_not_counted(hashed):
    for given in ({"username": "owner"}, {"password": "x"}, {}, {"username": "a\0b"}):
        for _ in range(6):
            answer = Client().post(LOGIN, given)
            assert answer.status_code == 200
    assert not hashed
    assert not LoginTry.objects.exists()


@pytest.mark.parametrize(
    "names",
    [
        ("owner", "OWNER", " owner ", "Owner", "ｏｗｎｅｒ", "\u3000owner", "owner\t"),
        ("straße", "STRASSE", "strasse"),
        ("e\u0301", "é", "É"),
    ],
)
def test_spellings_of_one_account_are_one(names, hashed):
    assert len({spelled(name) for name in names}) == 1
    for number in range(14):
        log_in(names[number % len(names)])
    assert len(hashed) == MOST


@pytest.mark.parametrize(
    "name",
    [
        "owner\0",
        "x" * 100_000,
        " " * 9_000 + "owner",
        "\ufdfa" * 500,
        "\U000e0001",
        "🙂",
    ],
)
def test_odd_names_are_answered(name, hashed):
    got = {answer.status_code for answer in (log_in(name) for _ in range(12))}
    assert got <= {200, 429}
    assert len(hashed) <= MOST


def test_spaces_in_front_are_no_other_account(hashed):
    for number in range(14):
        log_in(" " * 1000 * number + "owner")
    assert len(hashed) == MOST


@pytest.fixture
def accounts(owner: User) -> tuple[str, ...]:
    """Names of accounts of all kinds, and one of none."""
    User.objects.create_user("gone", password=RIGHT, is_staff=True, is_active=False)
    User.objects.create_user("reader", password=RIGHT)
    User.objects.create_user("unset", is_staff=True)
    User.objects.create_user("emptied", is_staff=True)
    User.objects.filter(username="emptied").update(password="")
    return ("owner", "gone", "reader", "unset", "emptied", "nobody")


def test_no_answer_tells_which_accounts_there_are(accounts, hashed):
    told = {}
    for name in accounts:
        hashed.clear()
        got = [log_in(name) for _ in range(11)]
        assert len(hashed) == MOST, name
        told[name] = [(a.status_code, same(a, name)) for a in got]
    assert len({str(one) for one in told.values()}) == 1


def test_right_passwords_of_who_may_not_come_in_are_answered_as_wrong(accounts, hashed):
    told = {
        str((answer.status_code, same(answer, name)))
        for name in ("gone", "reader", "nobody")
        for answer in [log_in(name, RIGHT)]
    }
    assert len(told) == 1
    assert statuses(10, name="gone")[-1] == 429


def same(answer, name: str) -> str:
    """What an answer says, but for what a browser sent or gets anew each time."""
    words = answer.content.decode().replace(name, "NAME")
    token = answer.context.get("csrf_token")
    return words.replace(str(token), "TOKEN") if token else words


def test_the_form_that_changes_a_password_shares_the_count(hashed, client, owner):
    client.force_login(owner)
    new = {"new_password1": "a new one 12", "new_password2": "a new one 12"}
    path = "/admin/password_change/"
    for _ in range(6):
        assert client.post(path, new | {"old_password": WRONG}).status_code == 200
    for _ in range(3):
        # The old one is right: that the new ones differ is no wrong try.
        differ = {"old_password": RIGHT, "new_password1": "x", "new_password2": "y"}
        assert client.post(path, differ).status_code == 200
    assert statuses(5) == [200] * 4 + [429]
    answer = client.post(path, new | {"old_password": RIGHT})
    assert answer.status_code == 429
    assert owner.check_password(RIGHT)
    LoginTry.objects.all().delete()
    assert client.post(path, new | {"old_password": RIGHT}).status_code == 302


def test_neither_names_nor_addresses_are_kept(hashed):
    log_in("my password by mistake", REMOTE_ADDR="192.0.2.77")
    [kept] = LoginTry.objects.values_list("pair", flat=True)
    assert len(kept) == 64 and set(kept) <= set("0123456789abcdef")
    with override_settings(SECRET_KEY="another"):
        log_in("my password by mistake", REMOTE_ADDR="192.0.2.77")
    assert LoginTry.objects.filter(pair=kept).count() == 1


def test_one_household_of_ipv6_is_one_address(hashed):
    for number in range(12):
        log_in(REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
    assert len(hashed) == MOST
    assert log_in(REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


# Tries by many threads, in a process that has a database file of its own.
AT_ONCE = """
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connections
from django.test import RequestFactory
from articles.accounts import throttle

def begin(_):
    try:
        return bool(throttle.begin_try(RequestFactory().get("/"), "owner"))
    except throttle.TooManyTries:
        return False
    finally:
        connections.close_all()

with ThreadPoolExecutor(8) as threads:
    print(sum(threads.map(begin, range(40))))
"""


def test_of_tries_at_once_no_more_are_let_through(new_site):
    told = subprocess.run(
        [sys.executable, "-c", AT_ONCE],
        cwd=ROOT,
        env=new_site().environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert int(told.stdout) == MOST
