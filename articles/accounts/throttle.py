"""Guessing of passwords is slowed down: so many wrong ones for an account and address.

A try is written down before the password is looked at, and struck out unless it was
wrong. So those that come at once are counted as well; whoever asks for an account
that does not exist is told the same; and nobody locks an account for other addresses.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import LoginTry
from articles.models.writing import writing

from .address import client_address, household

MOST = 10
WINDOW = timedelta(minutes=15)
LONGEST = 400  # characters of an account's name; no account has as many
SWEPT = 500  # old tries that go with each new one


class TooManyTries(Exception):
    """The password was not looked at; `wait` says for how many seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def begin_try(request: HttpRequest, account: str) -> int:
    """Write down that a password is going to be checked; returns the try's key.

    Raises TooManyTries where nobody should look at it.
    """
    pair, now = _pair(account, client_address(request)), timezone.now()
    # Asked twice: whoever is refused should not queue for the lock of writers.
    _refuse_too_many(pair, now)
    with writing():
        _sweep(now)
        _refuse_too_many(pair, now)
        return LoginTry.objects.create(pair=pair, at=now).pk


def strike_out(key: int) -> None:
    """The password was right, or was not looked at."""
    with writing():
        LoginTry.objects.filter(pk=key).delete()


def spelled(account: str) -> str:
    """One spelling for all that may mean one account.

    The form of logins strips a name and takes NFKC of it, too.
    """
    name = account.replace("\0", "").strip()[:LONGEST]
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _pair(account: str, address: str) -> str:
    pair = f"{household(address)}\n{spelled(account)}"
    return salted_hmac("login", pair, algorithm="sha256").hexdigest()


def _refuse_too_many(pair: str, now: datetime) -> None:
    # Those of a clock that was ahead would count until it is there again.
    counted = LoginTry.objects.filter(
        pair=pair, at__gt=now - WINDOW, at__lt=now + WINDOW
    )
    latest = list(counted.order_by("-at").values_list("at", flat=True)[:MOST])
    if len(latest) == MOST:
        raise TooManyTries(_seconds(latest[-1] + WINDOW - now))


def _sweep(now: datetime) -> None:
    old = LoginTry.objects.filter(at__lte=now - WINDOW).order_by("at")
    if keys := list(old.values_list("pk", flat=True)[:SWEPT]):
        LoginTry.objects.filter(pk__in=keys).delete()


def _seconds(left: timedelta) -> int:
    """Whole seconds, rounded up, and no more where a clock was set back."""
    return max(1, min(math.ceil(left.total_seconds()), int(WINDOW.total_seconds())))
