"""People who log in, and how often a password was looked at."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.test import Client

from articles.tests.ingest.conftest import empty_site, inside, new_site

__all__ = ["empty_site", "inside", "new_site"]
LOGIN = "/admin/login/"
RIGHT, WRONG = "correct horse", "wrong donkey"


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_superuser("owner", password=RIGHT)


@pytest.fixture
def hashed(owner: User, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed, to compare them or to take as long."""
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return made


# One for all, since making one loads the middleware.
_browser = Client()


def log_in(name: str = "owner", password: str = WRONG, **meta: str) -> Any:
    """The answer to a login by a browser without cookies."""
    _browser.cookies.clear()
    sent = {"username": name, "password": password, "next": "/admin/"}
    return _browser.post(LOGIN, sent, **meta)
