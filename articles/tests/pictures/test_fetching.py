"""What a publisher's server may cost: bytes, time, and nothing else."""

from __future__ import annotations

import pytest

from articles.pictures.refused import Refused

from .canary import Visitor, canary

URL = "https://img.example/a.png"


def endless(visitor: Visitor) -> None:
    visitor.begin()
    while True:
        visitor.connected.sendall(b"x" * 65536)


def dripping_body(visitor: Visitor) -> None:
    visitor.begin("Content-Length: 1000")
    visitor.drip()


def dripping_body_of_no_length(visitor: Visitor) -> None:
    visitor.begin()
    visitor.drip()


def dripping_head(visitor: Visitor) -> None:
    visitor.connected.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    visitor.drip()


def silent(visitor: Visitor) -> None:
    visitor.over.wait(5)


def breaking_off(visitor: Visitor) -> None:
    visitor.begin("Content-Length: 1000")
    visitor.connected.sendall(b"x" * 10)


def too_long_by_its_head(visitor: Visitor) -> None:
    visitor.connected.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 1000 + b"\r\n")


def no_http(visitor: Visitor) -> None:
    visitor.connected.sendall(b"SSH-2.0-OpenSSH\r\n")


def missing(visitor: Visitor) -> None:
    visitor.answer(b"gone", status="404 Not Found")


def in_part(visitor: Visitor) -> None:
    visitor.answer(b"part", status="206 Partial Content")


def wrong_pieces(visitor: Visitor) -> None:
    visitor.begin("Transfer-Encoding: chunked")
    visitor.connected.sendall(b"zz\r\nxxxx")


@pytest.mark.parametrize(
    "say",
    [endless, dripping_body, dripping_body_of_no_length, dripping_head, silent]
    + [breaking_off, too_long_by_its_head, no_http, missing, in_part, wrong_pieces],
)
def test_an_answer_that_does_not_come_whole_and_soon_is_refused(say):
    with canary(say) as there, pytest.raises(Refused):
        there.fetching(most_bytes=1_000_000, deadline_s=0.4).fetch(URL)
    assert there.came == 1


def test_a_picture_of_just_as_many_bytes_is_taken():
    with canary(lambda visitor: visitor.answer(b"x" * 1000)) as there:
        assert len(there.fetching(most_bytes=1000).fetch(URL)) == 1000
        with pytest.raises(Refused, match="large"):
            there.fetching(most_bytes=999).fetch(URL)


def test_time_is_counted_over_all_steps():
    def waiting(visitor: Visitor) -> None:
        visitor.over.wait(0.15)
        visitor.lead_to("/again")

    with canary(waiting) as there, pytest.raises(Refused):
        there.fetching(deadline_s=0.4).fetch(URL)
    assert there.came <= 3


def test_what_comes_packed_is_not_unpacked():
    packed = b"\x1f\x8b" + b"x" * 100
    with canary(lambda one: one.answer(packed, "Content-Encoding: gzip")) as there:
        assert there.fetching().fetch(URL) == packed


def test_another_address_is_tried_where_the_first_does_not_answer():
    with canary(lambda visitor: visitor.answer(b"here")) as there:
        assert there.fetching("127.0.0.2", "127.0.0.1").fetch(URL) == b"here"
