"""Whose address a request has: headers count as far as trusted proxies wrote them."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import RequestFactory, override_settings

from articles.accounts.address import client_address, household
from newsagg import environment

PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


def address(remote: str, forwarded: str | None = None, **given: object) -> str:
    meta = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **meta)
    usual = {"TRUSTED_PROXIES": PROXIES, "PROXY_ON_SOCKET": False}
    with override_settings(**usual | given):
        return client_address(request)


def test_without_trusted_proxies_headers_say_nothing():
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"):
        name = f"HTTP_{header.upper().replace('-', '_')}"
        request = RequestFactory().get(
            "/", REMOTE_ADDR="192.0.2.1", **{name: "9.9.9.9"}
        )
        assert client_address(request) == "192.0.2.1"


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "9.9.9.9", "192.0.2.1"),  # no proxy of ours
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "9.9.9.9, 192.0.2.1", "192.0.2.1"),  # the first is forged
        ("127.0.0.1", "9.9.9.9, 192.0.2.1, 10.1.2.3", "192.0.2.1"),
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "192.0.2.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.1,", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "x" * 9000, "127.0.0.1"),
        ("127.0.0.1", "192.0.2.1:4711", "192.0.2.1"),
        ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("127.0.0.1", "[2001:db8::1]", "2001:db8::1"),
        ("fd00::5", "2001:DB8:0::1", "2001:db8::1"),
        ("::ffff:127.0.0.1", "::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", None, "fe80::1"),
        ("", "192.0.2.1", ""),
        ("nonsense", "192.0.2.1", ""),
    ],
)
def test_the_last_hop_that_is_no_proxy_of_ours(remote, forwarded, expected):
    assert address(remote, forwarded) == expected


def test_a_proxy_on_a_socket_has_no_address():
    assert address("", "192.0.2.1", PROXY_ON_SOCKET=True) == "192.0.2.1"
    assert address("192.0.2.9", "192.0.2.1", PROXY_ON_SOCKET=True) == "192.0.2.9"


def test_a_household():
    assert household("192.0.2.1") == "192.0.2.1"
    assert household("2001:db8:1:2:3::4") == "2001:db8:1:2::"
    assert household("") == ""


def test_proxies_are_read_and_what_is_none_is_told(monkeypatch):
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.1/8,unix, yes")
    networks, on_socket, unread = environment.proxies()
    assert networks == [ip_network("127.0.0.1"), ip_network("10.0.0.0/8")]
    assert (on_socket, unread) == (True, ["yes"])
    monkeypatch.setenv("TRUSTED_PROXIES", "")
    assert environment.proxies() == ([], False, [])
