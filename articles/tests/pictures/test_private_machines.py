"""Nobody on loopback is ever connected to, whatever the address of a picture says."""

from __future__ import annotations

import socket
from itertools import count

import pytest

from articles.pictures.fetching import Fetching, looked_up
from articles.pictures.public import is_public
from articles.pictures.refused import Refused

from .canary import TRUST, canary

PRIVATE = {
    "private.example": ["10.0.0.1"],
    "loop.example": ["127.0.0.1"],
    "mixed.example": ["8.8.8.8", "127.0.0.1"],
    "mixed-again.example": ["127.0.0.1", "2606:4700::1111"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "six.example": ["::1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "zone.example": ["fe80::1%lo"],
    "cloud.example": ["169.254.169.254"],
    "nowhere.example": ["0.0.0.0"],
    "empty.example": [],
}
SPELLED = [
    *("127.0.0.1", "127.1", "127.0.1", "127.000.000.001", "127.0.0.1.", "0", "0.0.0.0"),
    *("2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0X7F.1", "017700000001"),
    *("0177.0.0.1", "0177.1", "00000177.1", "127.0x0.0.1", "127.0.0.0x1"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]"),
    *("[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]"),
    *("[::1%25lo]", "[::1", "::1", "[]", "[127.0.0.1]", "[v1.1]"),
    *("localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "a.localhost"),
    *("metadata.internal", "printer.local", "router.lan", "nas.home.arpa", "intranet"),
    *("①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "１２７.0.0.1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "loc\u00adalhost"),
    *("user@127.0.0.1", "img.example@127.0.0.1", "a:b@loop.example", "img.example\\@127.0.0.1"),
    *("127.0.0.1#@img.example", "127.0.0.1?@img.example", "127%2e0%2e0%2e1", "127.0.0.1%00.example"),
    *(".", "..", "", " ", "-.127.0.0.1", "1.1.1.1 @127.0.0.1", "127.0.0.1\t", "127.0.0.1\r\nHost: a"),
    *PRIVATE,
    *("loop.example.", "LOOP.EXAMPLE", "loop。example"),
]  # fmt: skip


def addresses_of(host: str, port: int) -> list[str]:
    """Names as above; numbers as this machine reads them, which asks nobody."""
    if host in PRIVATE:
        return PRIVATE[host]
    found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
    return [str(one[4][0]) for one in found]


@pytest.mark.parametrize("host", SPELLED)
@pytest.mark.parametrize("shape", ["https://{}/a.png", "https://{}:{}/a.png"])
def test_no_spelling_of_a_private_machine_reaches_it(host, shape):
    with canary() as private:
        asking = Fetching(addresses_of=addresses_of, port=private.port, trust=TRUST)
        with pytest.raises(Refused):
            asking.fetch(shape.format(host, private.port))
        assert private.came == 0


@pytest.mark.parametrize(
    "url",
    [
        *("http://img.example/a.png", "ftp://img.example/a.png", "file:///etc/passwd"),
        *(
            "//img.example/a.png",
            "img.example/a.png",
            "gopher://img.example/",
            "https:",
        ),
        *("https:///a.png", "https:img.example", "https://img.example:80/", "data:,"),
        *("https://img.example:99999/", "https://img.example:x/", "javascript:1"),
        *("https://img.example/\n", "\thttps://img.example/", "https://img.example/ a"),
        *("https://img.example\\a.png", f"https://img.example/{'a' * 2000}"),
    ],
)
def test_only_plain_https_is_asked(url):
    with canary() as there, pytest.raises(Refused):
        there.fetching().fetch(url)
    assert there.came == 0


def test_a_name_is_asked_once_so_that_a_second_answer_changes_nothing():
    answers = iter([["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]])
    asked = count()

    def changing(host: str, port: int) -> list[str]:
        next(asked)
        return next(answers)

    with canary() as private:
        asking = private.fetching(
            addresses_of=changing, may_be_asked=lambda one: one == "127.0.0.2"
        )
        with pytest.raises(Refused):
            # Nobody listens at the address that was checked: there it ends.
            asking.fetch("https://img.example/a.png")
        assert private.came == 0
        assert next(asked) == 1


def test_names_are_not_looked_up_again_while_connecting(monkeypatch):
    looked = []
    real = socket.getaddrinfo

    def noted(host, *args, **kwargs):
        looked.append(host)
        return real(host, *args, **kwargs)

    with canary(lambda visitor: visitor.answer(b"here")) as there:
        monkeypatch.setattr(socket, "getaddrinfo", noted)
        assert there.fetching().fetch("https://img.example/a.png") == b"here"
    assert set(looked) == {"127.0.0.1"}


@pytest.mark.parametrize(
    "leads_to",
    [
        *(
            "https://127.0.0.1/",
            "https://loop.example/",
            "https://[::1]/",
            "//loop.example/",
        ),
        *(
            "http://img.example/",
            "file:///etc/passwd",
            "https://mixed.example/",
            "//0/",
        ),
        *(
            "https://a@img.example/",
            "https://img.example:22/",
            "\\\\loop.example\\",
            "https://",
        ),
        *(
            "gopher://img.example/",
            "https://2130706433/",
            "https://[",
            "data:image/png,a",
        ),
    ],
)
def test_where_an_answer_leads_is_checked_as_well(leads_to):
    with canary(lambda visitor: visitor.lead_to(leads_to)) as there:
        allowed = {"img.example": ["127.0.0.1"]}
        asking = there.fetching(
            addresses_of=lambda host, port: (
                allowed.get(host) or addresses_of(host, port)
            ),
            # The first answer is let through as if it came from outside.
            may_be_asked=lambda one: there.came == 0 or is_public(one),
        )
        with pytest.raises(Refused):
            asking.fetch("https://img.example/a.png")
        assert there.came == 1


def test_a_few_steps_are_gone_but_not_many():
    def onward(visitor) -> None:
        step = int(visitor.path.strip("/"))
        visitor.lead_to(f"/{step + 1}") if step < 4 else visitor.answer(b"at last")

    with canary(onward) as there:
        assert there.fetching().fetch("https://img.example/0") == b"at last"
        came = there.came
        with pytest.raises(Refused, match="on and on"):
            there.fetching().fetch("https://img.example/-1")
        assert there.came - came == 5


def test_the_certificate_must_be_for_the_name():
    with canary() as there:
        with pytest.raises(Refused):
            there.fetching().fetch("https://img.other.example/a.png")
        with pytest.raises(Refused):
            there.fetching(trust=Fetching().trust).fetch("https://img.example/a.png")
    assert not any(there.heard)


def test_the_server_is_told_the_name_and_nothing_of_the_reader():
    with canary(lambda visitor: visitor.answer(b"")) as there:
        there.fetching().fetch(
            "https://IMG.example/ä b.png?x=1&y=ü".replace(" ", "%20")
        )
    [said] = there.heard
    lines = said.decode("ascii").lower().split("\r\n")
    assert lines[0] == "get /%c3%a4%20b.png?x=1&y=%c3%bc http/1.1"
    assert "host: img.example" in lines
    assert not any(
        line.startswith(("cookie", "referer", "x-", "via")) for line in lines
    )


def test_settings_of_the_machine_lead_to_no_proxy(monkeypatch):
    with canary() as private, canary(lambda visitor: visitor.answer(b"here")) as there:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{private.port}")
        assert there.fetching().fetch("https://img.example/a.png") == b"here"
    assert private.came == 0


def test_a_name_without_an_address_is_refused(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Refused):
        looked_up("img.example", 443)
